/** The desk's acts: what a button or a key does, with one command under way at a time. */
import { useEffect, useRef, useState } from 'react'
import type { MethodName } from '#contract/desk-api.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { EntryRef } from '#domain/events.ts'
import {
  type About,
  ACTS,
  type ActName,
  type ActsNow,
  actsNow,
  type DialogName,
  type Press,
} from '#renderer/desk/acts.ts'
import { type NextStep, useNextStep } from '#renderer/desk/next-step.ts'
import { type Command, useCommand } from '#renderer/state/use-command.ts'
import { GUARD_MS } from '#renderer/ui/focus-guarded.ts'

/** A question that stands on the screen. */
export type Asking = { id: number; dialog: DialogName; about: About | null }

export type DeskControl = ActsNow &
  Press & {
    command: Command
    nextStep: NextStep | null
    asking: Asking | null
    /** Counts the acts of this screen that ended a stay at the desk. */
    ended: number
    closeDialog: () => void
    /** From the big button: guarded against the second half of a double click. */
    pressPrimary: () => void
    /** Whether the big button only just got its meaning. */
    isGuarded: () => boolean
    press: (act: ActName) => void
  }

/**
 * What the form of a question gets. `desk.send` closes the question; `desk.command.run` keeps it open, for an answer that may have
 * to be corrected.
 */
export type DeskFormProps = { desk: DeskControl; about: About | null }

export function useDesk(snapshot: DeskSnapshot): DeskControl {
  const [command, ended] = useCounted(useCommand())
  const { current } = snapshot
  const nextStep = useNextStep(current)
  const acts = actsNow(snapshot, nextStep !== null)
  const [asked, setAsked] = useState<(Asking & { stage: Stage }) | null>(null)
  const stage = current ? `${current.visitId}/${current.entryNo}/${current.status}/${current.recallOver}` : ''
  const guardedSince = useGuard(`${snapshot.open}/${snapshot.pause !== null}/${stage}/${acts.primary === null}`)

  const closeDialog = () => setAsked(null)
  const desk: Press = {
    snapshot,
    entry: current,
    send: async (method, input) => {
      // The question stays: its answer would be lost.
      if (command.busy) return null
      closeDialog()
      return command.run(method, input)
    },
    ask(dialog, about) {
      command.clear()
      setAsked({ id: performance.now(), dialog, about, stage: stageOf(snapshot, about) })
    },
  }
  const press = (act: ActName) => {
    if (!command.busy) ACTS[act].press(desk)
  }

  const isGuarded = () => performance.now() - guardedSince.current <= GUARD_MS

  return {
    ...acts,
    ...desk,
    command,
    nextStep,
    // A question belongs to the entry it was asked about; when that is gone or got on, so is the question.
    asking: asked && stageOf(snapshot, asked.about) === asked.stage ? asked : null,
    closeDialog,
    ended,
    press,
    pressPrimary() {
      if (acts.primary && !isGuarded()) press(acts.primary)
    },
    isGuarded,
  }
}

/** After these nobody is at the desk and nothing has to be put right: the next one may come. */
const ENDING: ReadonlySet<MethodName> = new Set<MethodName>([
  'queue.complete',
  'queue.forward',
  'queue.transfer',
  'queue.hold',
  'queue.noShow',
])

function useCounted(command: Command): [Command, number] {
  const [ended, setEnded] = useState(0)
  const run: Command['run'] = async (method, input) => {
    const result = await command.run(method, input)
    if (result && ENDING.has(method)) setEnded((count) => count + 1)
    return result
  }
  return [{ ...command, run }, ended]
}

type Stage = 'called' | 'serving' | 'on_hold' | 'no_show' | 'waiting' | 'gone' | null

function stageOf({ current, aside, waiting }: DeskSnapshot, about: EntryRef | null): Stage {
  if (!about) return null
  const isIt = ({ visitId, entryNo }: EntryRef) => visitId === about.visitId && entryNo === about.entryNo
  if (current && isIt(current)) return current.status
  return aside.find(isIt)?.status ?? (waiting.some(isIt) ? 'waiting' : 'gone')
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
