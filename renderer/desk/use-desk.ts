/** The desk's acts: what a button or a key does, with one command under way at a time. */
import { useEffect, useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { Outcome } from '#domain/events.ts'
import { type ActsNow, actsNow, type DeskAct } from '#renderer/desk/acts.ts'
import { type NextStep, useNextStep } from '#renderer/desk/next-step.ts'
import { type Command, useCommand } from '#renderer/state/use-command.ts'

/** Acts that ask something first. */
export type DeskDialog = 'complete' | 'forward' | 'noShow'

/** A double click on one step must not press the next step's button, which appears at the same place. */
const GUARD_MS = 500

export type DeskControl = ActsNow & {
  command: Command
  nextStep: NextStep | null
  dialog: DeskDialog | null
  closeDialog: () => void
  /** From the big button: guarded against the second half of a double click. */
  pressPrimary: () => void
  press: (act: DeskAct) => void
  complete: (outcome: Outcome, paymentReference: string | null) => void
  forward: (toServiceId: string, handsOver: string | null) => void
  noShow: () => void
}

export function useDesk(snapshot: DeskSnapshot): DeskControl {
  const command = useCommand()
  const { current } = snapshot
  const nextStep = useNextStep(current)
  const acts = actsNow(snapshot, nextStep !== null)
  const [asking, setAsking] = useState<{ dialog: DeskDialog; entry: string } | null>(null)
  const entryKey = current ? `${current.visitId}/${current.entryNo}/${current.status}` : ''
  const guardedSince = useGuard(`${snapshot.open}/${entryKey}`)

  const entry = current && { visitId: current.visitId, entryNo: current.entryNo }
  const { run } = command
  const ask = (dialog: DeskDialog) => {
    command.clear()
    setAsking({ dialog, entry: entryKey })
  }
  const close = () => setAsking(null)

  const press = (act: DeskAct) => {
    if (command.busy) return
    if (act === 'open') void run('counter.open', {})
    else if (act === 'callNext') void run('queue.callNext', {})
    else if (act === 'callAgain' && entry) void run('queue.callAgain', entry)
    else if (act === 'startServing' && entry) void run('queue.startServing', entry)
    else if (act === 'complete' || act === 'forward' || act === 'noShow') ask(act)
  }

  return {
    ...acts,
    command,
    nextStep,
    // A dialog belongs to the entry it was opened for; when that is gone, so is the question.
    dialog: asking?.entry === entryKey ? asking.dialog : null,
    closeDialog: close,
    press,
    pressPrimary() {
      if (acts.primary && performance.now() - guardedSince.current > GUARD_MS) press(acts.primary)
    },
    complete(outcome, paymentReference) {
      close()
      if (entry) void run('queue.complete', { ...entry, outcome, paymentReference })
    },
    forward(toServiceId, handsOver) {
      close()
      if (entry) void run('queue.forward', { ...entry, toServiceId, handsOver })
    },
    noShow() {
      close()
      if (entry) void run('queue.noShow', entry)
    },
  }
}

/** When the meaning of the big button last changed, by the page's monotonic clock. */
function useGuard(stage: string) {
  const since = useRef(Number.NEGATIVE_INFINITY)
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is what is watched
  useEffect(() => {
    if (!first.current) since.current = performance.now()
    first.current = false
  }, [stage])
  return since
}
