/** The loudspeaker's queue in time: what the screens are offered now, and who speaks it. */
import type { Announcement } from '#contract/voice.ts'
import { offered } from '#main/host/devices/voice/sentence.ts'
import {
  addCall,
  beginReading,
  EMPTY_QUEUE,
  endCall,
  endReading,
  settle,
  type VoiceCall,
  type VoiceQueue,
  type VoiceTrouble,
  wakeAt,
} from '#main/host/devices/voice/voice-queue.ts'

export type Announcer = {
  /** What a screen has to say now, or says; null while there is nothing. */
  announcement(): Announcement | null
  call(call: VoiceCall): void
  over(ended: { counterId: string; entry: string }): void
  /** False: it is not to be spoken any more, or another screen speaks it. */
  begin(id: string, durationMs: number): boolean
  ended(id: string, wasHeard: boolean): void
  /** What went wrong with the newest reading. */
  trouble(): VoiceTrouble | null
  stop(): void
}

/** `now` is monotonic ms; `idPrefix` is another one for every start, so that no screen takes an old reading for a new one. */
export function createAnnouncer(options: {
  volume: number
  idPrefix: string
  now(): number
  onChange(): void
}): Announcer {
  const { volume, idPrefix, now, onChange } = options
  let queue: VoiceQueue = EMPTY_QUEUE
  let timer: NodeJS.Timeout | undefined

  const idOf = (no: number) => `${idPrefix}-${no}`

  function become(next: VoiceQueue): void {
    const isSame = next.turn === queue.turn && next.trouble === queue.trouble
    queue = next
    clearTimeout(timer)
    const at = wakeAt(queue)
    // A timer may come a moment before its time by another clock; then it is set again.
    if (at !== null) timer = setTimeout(() => become(settle(queue, now())), Math.max(1, Math.ceil(at - now())))
    if (!isSame) onChange()
  }

  function turnOf(id: string): number {
    return queue.turn && idOf(queue.turn.no) === id ? queue.turn.no : 0
  }

  return {
    announcement() {
      const { turn } = queue
      const reading = turn && turn.phase !== 'silence' ? turn.call.readings[turn.round] : null
      if (!turn || !reading) return null
      return { id: idOf(turn.no), clips: offered(reading), volume }
    },
    call: (call) => become(addCall(queue, call, now())),
    over: (ended) => become(endCall(queue, ended, now())),
    begin(id, durationMs) {
      const begun = beginReading(queue, turnOf(id), durationMs, now())
      if (begun) become(begun)
      return begun !== null
    },
    ended: (id, wasHeard) => become(endReading(queue, turnOf(id), wasHeard, now())),
    trouble: () => queue.trouble,
    stop() {
      clearTimeout(timer)
      queue = EMPTY_QUEUE
    },
  }
}
