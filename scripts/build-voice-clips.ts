/**
 * npm run voice:clips: makes the clips that come with Loket. Needs espeak-ng, sox and opusenc (Debian: espeak-ng sox
 * opus-tools); the clips are committed, so that nobody else does.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CHIME_CLIP, CLIP_TEXTS } from '#main/host/devices/voice/clip-names.ts'
import { ROOT } from '#scripts/root.ts'
import { PHONEMES } from '#scripts/voice-phonemes.ts'

/** The engine's voice, and words per minute: a hall needs it slower than a desk. */
const VOICES = { id: { voice: 'id', speed: '135' }, en: { voice: 'en-gb', speed: '140' } } as const
/** Loudness of every clip, and what its highest peak may be, in dB of full scale. */
const LOUDNESS_DB = -21
const PEAK_DB = -1.5
/** Quieter than this at either end of a clip is silence. */
const SILENCE = '0.5%'
const RATE = '24000'

const VOICE_FOLDER = join(ROOT, 'voice')
const work = mkdtempSync(join(tmpdir(), 'loket-voice-'))
const raw = join(work, 'raw.wav')
const trimmed = join(work, 'trimmed.wav')
const even = join(work, 'even.wav')

try {
  rmSync(VOICE_FOLDER, { recursive: true, force: true })
  for (const language of ['id', 'en'] as const) {
    const { voice, speed } = VOICES[language]
    for (const [name, text] of Object.entries(CLIP_TEXTS[language])) {
      // A letter alone is said by its name when it is a capital.
      const words = text.length === 1 ? text.toUpperCase() : text
      const clip = `${language}/${name}`
      run('espeak-ng', '-v', voice, '-s', speed, '-w', raw, PHONEMES[clip] ?? words)
      finish(clip)
    }
  }
  // A falling third, each tone dying away as a bell does.
  const tone = (hertz: string) => ['synth', '0.9', 'sine', hertz, 'fade', 't', '0.01', '0.9', '0.8']
  run('sox', '-D', '-n', '-r', RATE, '-c', '1', trimmed, ...tone('784'))
  run('sox', '-D', '-n', '-r', RATE, '-c', '1', even, ...tone('622.25'), 'pad', '0.45', '0')
  run('sox', '-D', '-m', trimmed, even, raw)
  finish(CHIME_CLIP)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Cuts silence off both ends, evens the loudness and encodes. */
function finish(clip: string): void {
  const silence = ['silence', '1', '0.005', SILENCE]
  run('sox', '-D', raw, '-r', RATE, '-c', '1', '-b', '16', trimmed, ...silence, 'reverse', ...silence, 'reverse')
  const gain = Math.min(LOUDNESS_DB - level(trimmed, 'RMS lev dB'), PEAK_DB - level(trimmed, 'Pk lev dB'))
  run('sox', '-D', trimmed, '-b', '16', even, 'gain', String(gain), 'fade', 't', '0.003', '-0', '0.008')
  const file = join(VOICE_FOLDER, `${clip}.opus`)
  mkdirSync(dirname(file), { recursive: true })
  // The same serial number every time: the same words give the same file.
  run('opusenc', '--quiet', '--bitrate', '24', '--serial', '1', '--padding', '0', '--discard-comments', even, file)
}

function level(file: string, name: string): number {
  // sox tells its figures on the other channel.
  const figures = execFileSync('sh', ['-c', 'exec sox "$0" -n stats 2>&1', file], { encoding: 'utf8' })
  const [, value] = new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(figures) ?? []
  if (value === undefined || Number.isNaN(Number(value))) throw new Error(`${file}: no ${name} in ${figures}`)
  return Number(value)
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
}
