/**
 * One loudspeaker's queue as plain data: whose turn it is, and who waits. Times are ms of one monotonic clock. Every function
 * returns the next state; `settle` has to be called when `wakeAt` comes.
 */
import type { SpokenClip } from '#main/host/devices/voice/sentence.ts'

export type VoiceCall = {
  counterId: string
  /** Which entry was called; the same one called again is another call. */
  entry: string
  /** Nothing of it begins from here on. */
  expiresAt: number
  /** What is said, once for each time that it is said. */
  readings: readonly (readonly SpokenClip[])[]
}

export type VoiceTurn = {
  /** Another number for every reading. */
  no: number
  call: VoiceCall
  /** Which of its readings this is. */
  round: number
  /** Somebody else's turn after this reading: the visitor has come, or was called again. */
  isLast: boolean
} & (
  | { phase: 'offered' }
  /** A screen speaks it; `until` at the latest it must have said that it ended. */
  | { phase: 'playing'; until: number }
  /** Silence after a reading. */
  | { phase: 'silence'; until: number }
)

/** What became of the newest reading that did not end well. */
export type VoiceTrouble = 'VOICE_UNHEARD' | 'VOICE_SILENT' | 'VOICE_NO_SOUND'

export type VoiceQueue = {
  turn: VoiceTurn | null
  waiting: readonly VoiceCall[]
  lastNo: number
  trouble: VoiceTrouble | null
}

export const EMPTY_QUEUE: VoiceQueue = { turn: null, waiting: [], lastNo: 0, trouble: null }

export const SILENCE_MS = 1_200
/** A screen may be so late to say that it ended. */
export const GRACE_MS = 3_000

/** A newer call of a counter takes the place of its older one, at the end of the queue. */
export function addCall(queue: VoiceQueue, call: VoiceCall, now: number): VoiceQueue {
  const others = queue.waiting.filter(({ counterId }) => counterId !== call.counterId)
  const turn = queue.turn?.call.counterId === call.counterId ? withoutRepeats(queue.turn) : queue.turn
  return settle({ ...queue, turn, waiting: [...others, call] }, now)
}

/** The entry is no longer called at that counter. What is being said is said to its end. */
export function endCall(queue: VoiceQueue, ended: { counterId: string; entry: string }, now: number): VoiceQueue {
  const isIt = (call: VoiceCall) => call.counterId === ended.counterId && call.entry === ended.entry
  const turn = queue.turn && isIt(queue.turn.call) ? withoutRepeats(queue.turn) : queue.turn
  return settle({ ...queue, turn, waiting: queue.waiting.filter((call) => !isIt(call)) }, now)
}

/** A screen begins to speak for so long. Null: it is not to be spoken, or another screen does. */
export function beginReading(queue: VoiceQueue, no: number, durationMs: number, now: number): VoiceQueue | null {
  const { turn } = queue
  if (turn?.no !== no || turn.phase !== 'offered' || now >= turn.call.expiresAt) return null
  return { ...queue, turn: { ...turn, phase: 'playing', until: now + durationMs + GRACE_MS } }
}

/** The screen has ended, or could not speak. From anybody else than the screen that speaks it changes nothing. */
export function endReading(queue: VoiceQueue, no: number, wasHeard: boolean, now: number): VoiceQueue {
  const { turn } = queue
  if (turn?.no !== no || turn.phase !== 'playing') return queue
  return {
    ...queue,
    turn: { ...turn, phase: 'silence', until: now + SILENCE_MS },
    trouble: wasHeard ? null : 'VOICE_NO_SOUND',
  }
}

/** Lets go of what has expired or was never ended, and gives the next one its turn. */
export function settle(queue: VoiceQueue, now: number): VoiceQueue {
  const waiting = queue.waiting.filter(({ expiresAt }) => now < expiresAt)
  const { turn, trouble } = endedTurn(queue, now)
  if (turn) return { ...queue, turn, waiting, trouble, lastNo: Math.max(queue.lastNo, turn.no) }
  const [next, ...rest] = waiting
  if (!next) return { ...queue, turn: null, waiting, trouble }
  const no = queue.lastNo + 1
  const offered: VoiceTurn = { no, call: next, round: 0, isLast: false, phase: 'offered' }
  return { turn: offered, waiting: rest, lastNo: no, trouble }
}

/** When `settle` has to be called next; null while nothing is going on. */
export function wakeAt({ turn }: VoiceQueue): number | null {
  if (!turn) return null
  return turn.phase === 'offered' ? turn.call.expiresAt : turn.until
}

function endedTurn({ turn, trouble, lastNo }: VoiceQueue, now: number): Pick<VoiceQueue, 'turn' | 'trouble'> {
  if (!turn) return { turn, trouble }
  switch (turn.phase) {
    case 'offered':
      if (turn.isLast) return { turn: null, trouble }
      return now < turn.call.expiresAt ? { turn, trouble } : { turn: null, trouble: 'VOICE_UNHEARD' }
    case 'playing':
      return now < turn.until ? { turn, trouble } : { turn: null, trouble: 'VOICE_SILENT' }
    case 'silence': {
      if (now < turn.until) return { turn, trouble }
      const round = turn.round + 1
      const isOver = turn.isLast || round >= turn.call.readings.length || now >= turn.call.expiresAt
      return { turn: isOver ? null : { ...turn, no: lastNo + 1, round, phase: 'offered' }, trouble }
    }
  }
}

function withoutRepeats(turn: VoiceTurn): VoiceTurn {
  return { ...turn, isLast: true }
}
