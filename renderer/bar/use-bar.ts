/** The bar's acts are the desk's. What the bar can ask in a line it asks itself; for everything else the desk comes up. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { Outcome } from '#domain/events.ts'
import { usePress } from '#renderer/bar/use-press.ts'
import { useShowDesk } from '#renderer/bar/use-views.ts'
import { useLockKey } from '#renderer/counter/session-acts.tsx'
import { ACTS, type ActName, type DialogName, refOf } from '#renderer/desk/acts.ts'
import { useKeys } from '#renderer/desk/keys.ts'
import { type AutoCall, useAutoCall } from '#renderer/desk/use-auto-call.ts'
import { type DeskControl, useDesk } from '#renderer/desk/use-desk.ts'
import { tellScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useScanner } from '#renderer/scanner/use-scanner.ts'
import { isShortcutAct } from '#renderer/shortcuts/key-clashes.ts'
import { useCatalogue } from '#renderer/state/context.tsx'
import { type Command, useCommand } from '#renderer/state/use-command.ts'
import { GUARD_MS } from '#renderer/ui/focus-guarded.ts'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export type BarControl = {
  desk: DeskControl
  autoCall: AutoCall
  /** Locks the screen. */
  session: Command
  /** Beside the big button: what is needed most. */
  others: readonly ActName[]
  press: (act: ActName) => void
  complete: (outcome: Outcome) => void
  noShow: () => void
}

export function useBar(snapshot: DeskSnapshot): BarControl {
  const desk = useDesk(snapshot)
  const autoCall = useAutoCall(snapshot, desk)
  const session = useCommand()
  useLockKey(() => void session.run('session.lock', {}))
  const showDesk = useShowDesk()
  const keyOf = useKeys()
  const service = useCatalogue()?.services.find(({ id }) => id === snapshot.current?.serviceId)
  const others = desk.bar.filter(isShortcutAct)
  const possible = [...(desk.primary ? [desk.primary] : []), ...others, ...desk.more.filter((act) => act === 'undo')]
  const { asking, command } = desk

  // What asks for a payment or for what was delivered needs the desk's room.
  const isPlainEnd = service?.tariffRupiah === 0 && !service.asksDelivered
  const isAskedHere = (dialog: DialogName) => dialog === 'noShow' || (dialog === 'complete' && isPlainEnd)
  const complete = (outcome: Outcome) => {
    if (asking?.about) void desk.send('queue.complete', { ...refOf(asking.about), outcome, paymentReference: null })
  }
  const noShow = () => {
    if (asking?.about) void desk.send('queue.noShow', refOf(asking.about))
  }
  /** The key that asked the question also takes the usual answer, but not in its double press. */
  const answer = (act: ActName) => {
    if (!asking || performance.now() - asking.id <= GUARD_MS) return
    if (act === 'complete') complete('delivered')
    else noShow()
  }
  const press = (act: ActName) => {
    if (command.busy) return
    if (asking?.dialog === act) answer(act)
    else if (possible.includes(act)) {
      ACTS[act].press({
        ...desk,
        ask: (dialog, about) => (isAskedHere(dialog) ? desk.ask(dialog, about) : showDesk(act)),
      })
    }
  }

  const keys = possible.flatMap((act) => {
    const key = keyOf(act)
    return key ? [[key, () => press(act)] as const] : []
  })
  useShortcuts({ ...Object.fromEntries(keys), ...(asking && { Escape: desk.closeDialog }) }, true)
  // What a scanner types must press no button here either.
  useScanner({
    onSlip: (scanned) => {
      if (asking) tellScanRefused('SCAN_NOT_TAKEN')
      else if (command.busy) command.refuse('SCAN_TOO_SOON')
      else void command.run('queue.present', { slip: { scanned } })
    },
    onOther: () => (asking ? tellScanRefused('SCAN_NOT_A_SLIP') : command.refuse('SCAN_NOT_A_SLIP')),
  })
  usePress('barPress', (act) => press(act as ActName), snapshot.open && !snapshot.pause)
  return { desk, autoCall, session, others, press, complete, noShow }
}
