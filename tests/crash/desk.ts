/** One workstation of the crash proof: a real host process, its wire to the server, and somebody who presses its buttons. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { MethodInput, MethodName, MethodOutput, Result } from '#contract/desk-api.ts'
import { createDeskClient } from '#contract/desk-client.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { Place } from '#tests/crash/crash-mall.ts'
import type { Journal } from '#tests/crash/journal.ts'
import type { Programs } from '#tests/crash/programs.ts'
import { createSignal, type Signal } from '#tests/crash/signal.ts'
import { startVictim, type Victim } from '#tests/crash/victim.ts'
import { openWire, type Wire } from '#tests/crash/wire.ts'

type CommandName = { [M in MethodName]: MethodInput<M> extends { commandId: string } ? M : never }[MethodName]
export type Input<M extends CommandName> = Omit<MethodInput<M>, 'commandId'>

export type Ref = { visitId: string; entryNo: number }

export type Desk = {
  place: Place
  victim: Victim
  wire: Wire
  client: ReturnType<typeof createDeskClient>
  snapshot(): DeskSnapshot | null
  /**
   * The same command again and again, as a screen does, until there is an answer; it is journalled before it is returned.
   * `about`: the entry, when neither the command nor its answer names it.
   */
  command<M extends CommandName>(method: M, input: Input<M>, about?: Ref): Promise<Result<MethodOutput<M>>>
  /** The command that the host has and has not answered. */
  underWay(): { commandId: string; method: CommandName } | null
  sent: Signal
  pushed: Signal
  /** Answers since the host was last started. */
  answers(): number
  /** The newest acknowledgement of the server for this desk. */
  acknowledgedSeq(): number
  /** Ends the process, keeps the wire. */
  stop(): Promise<void>
}

type DeskOptions = {
  place: Place
  dataDir: string
  serverPort: number
  programs: Programs
  journal: Journal
  /** The server acknowledged a push. */
  onAcknowledged(): void
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { place, journal, serverPort } = options
  const pushed = createSignal()
  let acknowledgedSeq = 0
  const wire = await openWire({
    port: serverPort,
    onPush: pushed.fire,
    async onAcknowledged({ ackedSeq, headHash }) {
      await journal.write({ kind: 'acknowledged', ...told(place), seq: ackedSeq, hash: headHash })
      acknowledgedSeq = Math.max(acknowledgedSeq, ackedSeq)
      options.onAcknowledged()
    },
  })
  return startDesk(options, wire, pushed, () => acknowledgedSeq)
}

/** The same workstation once more, after stop(). */
export function reopenDesk(options: DeskOptions, { wire, pushed, acknowledgedSeq }: Desk): Desk {
  return startDesk(options, wire, pushed, acknowledgedSeq)
}

function startDesk(
  { place, dataDir, programs, journal }: DeskOptions,
  wire: Wire,
  pushed: Signal,
  acknowledgedSeq: () => number,
): Desk {
  const victim = startVictim((log) => programs.forkHost({ dataDir, log }))
  const client = createDeskClient(victim.supervisor.connect())
  const sent = createSignal()
  let snapshot: DeskSnapshot | null = null
  let shown = ''
  let underWay: ReturnType<Desk['underWay']> = null
  let answers = { start: 0, count: 0 }
  /** Pictures that are not yet in the journal. */
  let pictures: Promise<unknown> = Promise.resolve()

  client.subscribe('desk', (next) => {
    snapshot = next
    if (!next.current) return
    const { visitId, entryNo, label, calledAt } = next.current
    const key = `${visitId}/${entryNo}/${calledAt}`
    if (key === shown) return
    shown = key
    pictures = journal.write({ kind: 'shown', ...told(place), visitId, entryNo, label })
  })

  async function command<M extends CommandName>(
    method: M,
    input: Input<M>,
    about: Ref | null = null,
  ): Promise<Result<MethodOutput<M>>> {
    const commandId = randomUUID()
    const named = refIn(input)
    for (;;) {
      await pictures
      const answer = client.invoke(method, { ...input, commandId } as MethodInput<M>)
      underWay = { commandId, method }
      sent.fire()
      const result: Result<MethodOutput<M>> = await answer
      underWay = null
      if (!result.ok && (result.code === 'HOST_GONE' || result.code === 'HOST_TIMEOUT')) {
        const [death] = victim.ownDeaths()
        if (death !== undefined) throw new Error(`${place.name} died by itself: ${death}`)
        await delay(5)
        continue
      }
      if (result.ok) {
        const { data } = result
        const ref = named ?? refIn(data) ?? about
        await journal.write({ kind: 'answer', ...told(place), method, commandId, ref, data })
      }
      answers = { start: victim.starts(), count: answers.start === victim.starts() ? answers.count + 1 : 1 }
      return result
    }
  }

  return {
    place,
    victim,
    wire,
    client,
    snapshot: () => snapshot,
    command,
    underWay: () => underWay,
    sent,
    pushed,
    answers: () => (answers.start === victim.starts() ? answers.count : 0),
    acknowledgedSeq,
    stop: () => victim.stop(),
  }
}

/** Who was told, and when. */
const told = ({ name }: Place) => ({ desk: name, at: Date.now() })

/** The entry that an input or an answer tells of; a new visit's first one. */
function refIn(value: object): Ref | null {
  const { visitId, entryNo = 1 } = value as { visitId?: string; entryNo?: number }
  return visitId === undefined ? null : { visitId, entryNo }
}
