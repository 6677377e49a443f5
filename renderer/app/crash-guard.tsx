/** A fault in a screen must not leave an empty window: it says so, offers to load the screen again, and the shell's log has its place. */
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { CRASH_TEXT_LIMIT } from '#contract/shell-api.ts'
import classes from '#renderer/app/crash-guard.module.css'
import { useFit } from '#renderer/bar/use-fit.ts'
import { useShowDesk } from '#renderer/bar/use-views.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClient } from '#renderer/state/context.tsx'
import { view } from '#renderer/transport/client.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

const isBar = () => view(window.location) === 'bar'

export function CrashGuard({ children }: { children: ReactNode }) {
  const client = useClient()
  const showDesk = useShowDesk()
  const report = (error: Error, components: string) => {
    const upTo = (text: string) => text.slice(0, CRASH_TEXT_LIMIT)
    void client.invoke('shell.reportCrash', { error: upTo(error.stack ?? String(error)), components: upTo(components) })
    // Nothing of the bar works any more, and the visitor waits.
    if (isBar()) showDesk(null)
  }
  return <Guard onCrash={report}>{children}</Guard>
}

type GuardProps = { children: ReactNode; onCrash: (error: Error, components: string) => void }

class Guard extends Component<GuardProps, { crashed: boolean }> {
  override state = { crashed: false }

  static getDerivedStateFromError() {
    return { crashed: true }
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo) {
    this.props.onCrash(error, componentStack ?? '')
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const text = useText()
  const root = useFit()
  const reload = (
    <Button look="primary" icon="repeat" autoFocus onClick={() => window.location.reload()}>
      {text('crash.reload')}
    </Button>
  )
  return (
    <main ref={isBar() ? root : null} className={classes.crashed}>
      <Notice tone="over" role="alert" title={text('crash.title')} code="SCREEN_CRASHED" actions={reload}>
        {text('crash.todo')}
      </Notice>
    </main>
  )
}
