/** A fault in a screen must not leave an empty window: it says so and offers to load the screen again. */
import { Component, type ReactNode } from 'react'
import classes from '#renderer/app/crash-guard.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false }

  static getDerivedStateFromError() {
    return { crashed: true }
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const text = useText()
  const reload = (
    <Button look="primary" icon="repeat" autoFocus onClick={() => window.location.reload()}>
      {text('crash.reload')}
    </Button>
  )
  return (
    <main className={classes.crashed}>
      <Notice tone="over" role="alert" title={text('crash.title')} code="SCREEN_CRASHED" actions={reload}>
        {text('crash.todo')}
      </Notice>
    </main>
  )
}
