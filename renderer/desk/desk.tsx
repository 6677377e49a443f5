/** The counter's desk: whom we serve now, what to do next, who waits. */
import { VisuallyHidden } from '@mantine/core'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { Header } from '#renderer/app/header.tsx'
import { Notices } from '#renderer/app/notices.tsx'
import { usePressedElsewhere } from '#renderer/bar/use-pressed-elsewhere.ts'
import { CounterNotices } from '#renderer/counter/counter-notices.tsx'
import { PauseView } from '#renderer/counter/pause-view.tsx'
import { ActBar } from '#renderer/desk/act-bar.tsx'
import { mayServe, nextToCall } from '#renderer/desk/acts.ts'
import { CurrentEntry } from '#renderer/desk/current-entry.tsx'
import classes from '#renderer/desk/desk.module.css'
import { DeskLines } from '#renderer/desk/desk-lines.tsx'
import { DeskDialogs } from '#renderer/desk/dialogs.tsx'
import { useKeys } from '#renderer/desk/keys.ts'
import { NobodyHere } from '#renderer/desk/nobody-here.tsx'
import { Side } from '#renderer/desk/side.tsx'
import { Today } from '#renderer/desk/today.tsx'
import { useAutoCall } from '#renderer/desk/use-auto-call.ts'
import { type DeskControl, useDesk } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { tellScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useScanner } from '#renderer/scanner/use-scanner.ts'
import { useCommand } from '#renderer/state/use-command.ts'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export function Desk({ snapshot }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const desk = useDesk(snapshot)
  const autoCall = useAutoCall(snapshot, desk)
  const session = useCommand()
  const { current, open, pause } = snapshot
  usePressedElsewhere(desk)
  useShortcuts(shortcutsOf(desk, useKeys()), desk.asking === null)
  const isOnTop = useIsOnTop()
  useScanner({
    onSlip: async (scanned) => {
      const asksForSlip = desk.asking?.dialog === 'present'
      if (!asksForSlip && !isOnTop) return tellScanRefused('SCAN_NOT_TAKEN')
      if (!mayServe(snapshot)) return
      if (desk.command.busy) return desk.command.refuse('SCAN_TOO_SOON')
      const presented = await desk.command.run('queue.present', { slip: { scanned } })
      if (presented && asksForSlip) desk.closeDialog()
    },
    onOther: () => (isOnTop ? desk.command.refuse('SCAN_NOT_A_SLIP') : tellScanRefused('SCAN_NOT_A_SLIP')),
  })

  return (
    <>
      <Header snapshot={snapshot} onSignOut={() => void session.run('session.signOut', {})} />
      <main className={classes.desk}>
        <section className={classes.now} aria-label={text('desk.now')}>
          {current ? (
            <CurrentEntry current={current} />
          ) : pause && open ? (
            <PauseView pause={pause} waiting={snapshot.waiting.length} />
          ) : (
            <NobodyHere open={open} mayServe={mayServe(snapshot)} next={nextToCall(snapshot)} snapshot={snapshot} />
          )}
          <DeskLines desk={desk} autoCall={autoCall} failure={desk.command.failure ?? session.failure} />
          <ActBar desk={desk} />
          <Today today={snapshot.today}>
            {mayServe(snapshot) && (
              <CheckField label={text('autoCall.switch')} checked={autoCall.isOn} onChange={autoCall.setOn} />
            )}
          </Today>
        </section>
        <div className={classes.side}>
          <Notices snapshot={snapshot} />
          <CounterNotices desk={desk} />
          <Side desk={desk} snapshot={snapshot} />
        </div>
      </main>
      <VisuallyHidden role="status" aria-live="assertive">
        {current ? text(`announce.${current.status}`, { label: current.label }) : ''}
      </VisuallyHidden>
      <DeskDialogs desk={desk} />
    </>
  )
}

function shortcutsOf(desk: DeskControl, keyOf: ReturnType<typeof useKeys>): Record<string, () => void> {
  const acts = [...(desk.primary ? [desk.primary] : []), ...desk.bar, ...desk.more]
  return Object.fromEntries(
    acts.flatMap((act) => {
      const key = keyOf(act)
      return key ? [[key, () => desk.press(act)]] : []
    }),
  )
}
