/** The counter's desk: whom we serve now, what to do next, who waits. */
import { VisuallyHidden } from '@mantine/core'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { Header } from '#renderer/app/header.tsx'
import { Notices } from '#renderer/app/notices.tsx'
import { ActBar } from '#renderer/desk/act-bar.tsx'
import { type DeskAct, mayServe, nextToCall, SHORTCUTS } from '#renderer/desk/acts.ts'
import { CompleteDialog } from '#renderer/desk/complete-dialog.tsx'
import { CurrentEntry } from '#renderer/desk/current-entry.tsx'
import classes from '#renderer/desk/desk.module.css'
import { ForwardDialog } from '#renderer/desk/forward-dialog.tsx'
import { NoShowDialog } from '#renderer/desk/no-show-dialog.tsx'
import { NobodyHere } from '#renderer/desk/nobody-here.tsx'
import { Today } from '#renderer/desk/today.tsx'
import { type DeskControl, useDesk } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { WaitingList } from '#renderer/queue/waiting-list.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export function Desk({ snapshot }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const desk = useDesk(snapshot)
  const session = useCommand()
  const { current, open } = snapshot
  useShortcuts(shortcutsOf(desk), desk.dialog === null)
  const failure = desk.command.failure ?? session.failure

  return (
    <>
      <Header snapshot={snapshot} onSignOut={() => void session.run('session.signOut', {})} />
      <main className={classes.desk}>
        <section className={classes.now} aria-label={text('desk.now')}>
          {current ? (
            <CurrentEntry current={current} />
          ) : (
            <NobodyHere open={open} mayServe={mayServe(snapshot)} next={nextToCall(snapshot)} snapshot={snapshot} />
          )}
          {failure && <FailureNotice failure={failure} />}
          <ActBar desk={desk} />
          <Today today={snapshot.today}>
            {open && !current && mayServe(snapshot) && (
              <Button size="small" busy={desk.command.busy} onClick={() => void desk.command.run('counter.close', {})}>
                {text('act.close')}
              </Button>
            )}
          </Today>
        </section>
        <div className={classes.side}>
          <Notices snapshot={snapshot} />
          <WaitingList snapshot={snapshot} />
        </div>
      </main>
      <VisuallyHidden role="status" aria-live="assertive">
        {current ? text(`announce.${current.status}`, { label: current.label }) : ''}
      </VisuallyHidden>
      <Dialogs desk={desk} current={current} />
    </>
  )
}

function Dialogs({ desk, current }: { desk: DeskControl; current: DeskSnapshot['current'] }) {
  if (!current) return null
  return (
    <>
      <CompleteDialog
        current={desk.dialog === 'complete' ? current : null}
        onChoose={desk.complete}
        onClose={desk.closeDialog}
      />
      <ForwardDialog
        current={desk.dialog === 'forward' ? current : null}
        nextStep={desk.nextStep}
        onForward={desk.forward}
        onClose={desk.closeDialog}
      />
      <NoShowDialog
        current={desk.dialog === 'noShow' ? current : null}
        onConfirm={desk.noShow}
        onClose={desk.closeDialog}
      />
    </>
  )
}

function shortcutsOf(desk: DeskControl): Record<string, () => void> {
  const acts: DeskAct[] = desk.primary ? [desk.primary, ...desk.secondary] : [...desk.secondary]
  return Object.fromEntries(acts.map((act) => [SHORTCUTS[act], () => desk.press(act)]))
}
