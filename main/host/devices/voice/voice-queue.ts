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

export type VoicePlace = {
  call: VoiceCall
  /** Which of its readings comes next. */
  round: number
}

export type VoiceTurn = VoicePlace & {
  /** Another number for every reading. */
  no: number
  /** Not said again after this reading: the visitor has come, or was called again. */
  isLast: boolean
  /** Offered to screens, spoken by one, or the silence after it. */
  phase: 'offered' | 'playing' | 'silence'
  /** The phase ends at the latest. */
  until: number
}

/** What became of the newest call that was not said as it should; crowded: it waited too long for others. */
export type VoiceTrouble = 'VOICE_UNHEARD' | 'VOICE_SILENT' | 'VOICE_NO_SOUND' | 'VOICE_CROWDED'

export type VoiceQueue = {
  turn: VoiceTurn | null
  /** One place for each counter at most, in order of arrival; who was not heard yet goes before every repetition. */
  waiting: readonly VoicePlace[]
  lastNo: number
  trouble: VoiceTrouble | null
}

export const EMPTY_QUEUE: VoiceQueue = { turn: null, waiting: [], lastNo: 0, trouble: null }

export const SILENCE_MS = 1_200
/** A screen may be so late to say that it ended. */
export const GRACE_MS = 3_000
/** A reading that no screen begins by then is given up. */
export const OFFER_MS = 30_000

/** A newer call of a counter takes the place of its older one; where that was heard already, at the end of the queue. */
export function addCall(queue: VoiceQueue, call: VoiceCall, now: number): VoiceQueue {
  const place: VoicePlace = { call, round: 0 }
  const isOlder = (other: VoicePlace) => other.call.counterId === call.counterId
  const { turn, waiting } = queue
  if (turn?.phase === 'offered' && isOlder(turn) && isUnheard(turn)) return settle(offer(queue, place, now), now)
  return settle(
    {
      ...queue,
      turn: turn && isOlder(turn) ? withoutRepeats(turn) : turn,
      waiting: waiting.some((other) => isOlder(other) && isUnheard(other))
        ? waiting.map((other) => (isOlder(other) ? place : other))
        : [...waiting.filter((other) => !isOlder(other)), place],
    },
    now,
  )
}

/** The entry is no longer called at that counter. What is being said is said to its end. */
export function endCall(queue: VoiceQueue, ended: { counterId: string; entry: string }, now: number): VoiceQueue {
  const isIt = (call: VoiceCall) => call.counterId === ended.counterId && call.entry === ended.entry
  const turn = queue.turn && isIt(queue.turn.call) ? withoutRepeats(queue.turn) : queue.turn
  return settle({ ...queue, turn, waiting: queue.waiting.filter(({ call }) => !isIt(call)) }, now)
}

/** A screen begins to speak for so long. Null: it is not to be spoken, or another screen does. */
export function beginReading(queue: VoiceQueue, no: number, durationMs: number, now: number): VoiceQueue | null {
  const { turn } = queue
  if (turn?.no !== no || turn.phase !== 'offered' || now >= turn.until) return null
  return { ...queue, turn: { ...turn, phase: 'playing', until: now + durationMs + GRACE_MS } }
}

/** The screen has ended, or could not speak. From anybody else than the screen that speaks it changes nothing. */
export function endReading(queue: VoiceQueue, no: number, wasHeard: boolean, now: number): VoiceQueue {
  const { turn, trouble, waiting } = queue
  if (turn?.no !== no || turn.phase !== 'playing') return queue
  // One more that is heard is no relief to those who wait.
  const isCrowded = trouble === 'VOICE_CROWDED' && waiting.some(isUnheard)
  return {
    ...queue,
    turn: { ...turn, phase: 'silence', until: now + SILENCE_MS },
    trouble: wasHeard ? (isCrowded ? trouble : null) : 'VOICE_NO_SOUND',
  }
}

/** Lets go of what has expired or was never ended, and gives the next one its turn. */
export function settle(before: VoiceQueue, now: number): VoiceQueue {
  const queue = withoutExpired(endTurn(before, now), before.turn?.phase === 'offered', now)
  if (queue.turn) return queue
  const next = queue.waiting.find(isUnheard) ?? queue.waiting[0]
  if (!next) return queue
  return offer({ ...queue, waiting: queue.waiting.filter((place) => place !== next) }, next, now)
}

/** When `settle` has to be called next; null while nothing is going on. */
export function wakeAt({ turn }: VoiceQueue): number | null {
  return turn?.until ?? null
}

function offer(queue: VoiceQueue, { call, round }: VoicePlace, now: number): VoiceQueue {
  const no = queue.lastNo + 1
  const until = Math.min(now + OFFER_MS, call.expiresAt)
  return { ...queue, turn: { no, call, round, isLast: false, phase: 'offered', until }, lastNo: no }
}

/** Without its turn, when that is over. */
function endTurn(queue: VoiceQueue, now: number): VoiceQueue {
  const { turn, waiting } = queue
  if (!turn) return queue
  const over: VoiceQueue = { ...queue, turn: null }
  switch (turn.phase) {
    case 'offered':
      if (turn.isLast) return over
      if (now >= turn.until) return { ...over, trouble: 'VOICE_UNHEARD' }
      if (isUnheard(turn) || !waiting.some(isUnheard)) return queue
      return { ...over, waiting: [{ call: turn.call, round: turn.round }, ...waiting] }
    case 'playing':
      return now < turn.until ? queue : { ...over, trouble: 'VOICE_SILENT' }
    case 'silence': {
      if (now < turn.until) return queue
      const round = turn.round + 1
      const isOver = turn.isLast || round >= turn.call.readings.length
      return isOver ? over : { ...over, waiting: [...waiting, { call: turn.call, round }] }
    }
  }
}

/** A repetition may be left out; for one that was never heard somebody has to know. */
function withoutExpired(queue: VoiceQueue, nobodySpeaks: boolean, now: number): VoiceQueue {
  const isExpired = ({ call }: VoicePlace) => now >= call.expiresAt
  const waiting = queue.waiting.filter((place) => !isExpired(place))
  const isLost = queue.waiting.some((place) => isExpired(place) && isUnheard(place))
  return { ...queue, waiting, ...(isLost && { trouble: nobodySpeaks ? 'VOICE_UNHEARD' : 'VOICE_CROWDED' }) }
}

function isUnheard({ round }: VoicePlace): boolean {
  return round === 0
}

function withoutRepeats(turn: VoiceTurn): VoiceTurn {
  return { ...turn, isLast: true }
}
