/** What is said at a call, as clips with the silence after each: "Nomor antrean A nol satu dua, silakan menuju loket tiga". */
import type { Announcement } from '#contract/voice.ts'
import { parseTicketLabel } from '#domain/ticket-label.ts'
import { agencyClip, BUILT_IN_CLIPS, CHIME_CLIP, type VoiceLanguage } from '#main/host/devices/voice/clip-names.ts'
import { HIGHEST_SPOKEN, spokenDigits, spokenNumber } from '#main/host/devices/voice/spoken-number.ts'

export type SpokenClip = { name: string; pauseMs: number }

export type Announced = {
  /** As printed: "A-012", "4K-07", "L03-12". */
  label: string
  /** "3", "12A". */
  counterName: string
  agencyId: string
}

export type Style = {
  /** `digits`: 012 is nol, satu, dua. `number`: 012 is dua belas. */
  reading: 'digits' | 'number'
  /** One after the other. */
  languages: readonly VoiceLanguage[]
  chime: boolean
  /** Whether the mall has recorded this agency's name: then it is said last. */
  hasClip(name: string): boolean
}

const PHRASES = {
  id: { number: 'nomor-antrean', counter: 'silakan-menuju-loket', letter: 'huruf' },
  en: { number: 'number', counter: 'please-proceed-to-counter', letter: 'letter' },
} as const

/** Milliseconds between the words of a number, between what is read one by one, at a comma, at a full stop. */
const WORD = 20
const ONE_BY_ONE = 70
const COMMA = 280
const STOP = 600

/** A word, or the silence after the word before it. */
type Piece = string | number

/** Null for a label or counter name that nobody can say. */
export function announcementClips(what: Announced, style: Style): SpokenClip[] | null {
  const label = parseTicketLabel(what.label)
  const [, counterNumber, counterLetter = ''] = /^([0-9]{1,3})([A-Z]?)$/.exec(what.counterName) ?? []
  if (!label || counterNumber === undefined) return null
  const clips = style.languages.flatMap((language) => {
    const { number, counter, letter } = PHRASES[language]
    const spelled = (text: string): Piece[] =>
      [...text].flatMap((one) => [
        ...(/[0-9]/.test(one) ? spokenDigits(one, language) : [`${letter}-${one.toLowerCase()}`]),
        ONE_BY_ONE,
      ])
    const running = Number(label.digits)
    const asNumber = style.reading === 'number' && running <= HIGHEST_SPOKEN
    const agency = agencyClip(language, what.agencyId)
    return withSilence([
      ...[number, ONE_BY_ONE, ...spelled(label.prefix)].map(inFolder(language)),
      ...(asNumber ? spokenNumber(running, language) : spelled(label.digits)).map(inFolder(language)),
      COMMA,
      ...[counter, ...spokenNumber(Number(counterNumber), language), ...spelled(counterLetter)].map(inFolder(language)),
      ...(style.hasClip(agency) ? [COMMA, agency] : []),
      STOP,
    ])
  })
  return [...(style.chime ? [{ name: CHIME_CLIP, pauseMs: COMMA }] : []), ...clips]
}

/** As a screen gets it: only what does not come with Loket may be left out. */
export function offered(clips: readonly SpokenClip[]): Announcement['clips'] {
  return clips.map((clip) => ({ ...clip, isOptional: !BUILT_IN_CLIPS.has(clip.name) }))
}

function inFolder(language: VoiceLanguage) {
  return (piece: Piece): Piece => (typeof piece === 'string' ? `${language}/${piece}` : piece)
}

/** The last silence named after a word counts; where none is named, the words belong together. */
function withSilence(pieces: readonly Piece[]): SpokenClip[] {
  const clips: SpokenClip[] = []
  for (const piece of pieces) {
    const last = clips.at(-1)
    if (typeof piece === 'string') clips.push({ name: piece, pauseMs: WORD })
    else if (last) last.pauseMs = piece
  }
  return clips
}
