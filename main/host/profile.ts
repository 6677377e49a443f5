/**
 * The desk's profile: which displays, printer and loudspeaker hang on this PC. A file that a technician edits; never holds a
 * secret.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { problemsOfIssue } from '#contract/mall-config-issues.ts'
import { asStoreError } from '#db/store-error.ts'
import { LedProfile } from '#main/host/devices/led/drivers.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { VoiceProfile } from '#main/host/devices/voice/voice-profile.ts'
import { type BrokenRule, brokenRules } from '#main/host/profile-rules.ts'
import { writeWhole } from '#main/host/write-whole.ts'

/** More than a counter has sides. */
const MOST_DISPLAYS = 8

const DeskProfile = z.strictObject({
  displays: z.array(LedProfile).max(MOST_DISPLAYS),
  printer: PrinterProfile.nullable(),
  /** The loudspeaker; most PCs have none. */
  voice: VoiceProfile.nullable().default(null),
  /** Language of slips and receipts. */
  language: z.enum(['id', 'en']),
})
export type DeskProfile = z.infer<typeof DeskProfile>

export const PROFILE_FILE = 'profile.json'
const NO_DEVICES: DeskProfile = { displays: [], printer: null, voice: null, language: 'id' }

export class ProfileError extends Error {
  override name = 'ProfileError'
  /** Empty when the file could not be read at all. */
  readonly broken: readonly BrokenRule[]

  constructor(message: string, broken: readonly BrokenRule[] = []) {
    super(message)
    this.broken = broken
  }
}

/** Completes a profile with its defaults. Throws ProfileError, which names path and rule of everything that is wrong. */
export function parseProfile(value: unknown): DeskProfile {
  const parsed = DeskProfile.safeParse(value, { reportInput: true })
  const broken = parsed.success ? brokenRules(parsed.data) : parsed.error.issues.flatMap(inWords)
  if (!parsed.success || broken.length > 0) {
    throw new ProfileError(broken.map(({ path, rule }) => `${path}: ${rule}`).join('; '), broken)
  }
  return parsed.data
}

function inWords(issue: z.core.$ZodIssue): BrokenRule[] {
  return problemsOfIssue(issue).map(({ at, message }) => ({ path: at.join('.') || '(file)', rule: message }))
}

/** Reads `folder`/profile.json. A missing file means no devices; a wrong one throws ProfileError with file, path and rule. */
export function readProfile(folder: string): DeskProfile {
  const file = join(folder, PROFILE_FILE)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_DEVICES
    throw new ProfileError(`${file}: ${String(error)}`)
  }
  try {
    return parseProfile(withDisplays(JSON.parse(text)))
  } catch (error) {
    throw new ProfileError(`${file}: ${error instanceof ProfileError ? error.message : String(error)}`)
  }
}

/** The first version knew one display, called `led`. */
function withDisplays(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('led' in value)) return value
  const { led, ...profile } = value
  return { displays: led === null ? [] : [led], ...profile }
}

/**
 * Replaces `folder`/profile.json, whole or not at all. Throws ProfileError for a profile that could not be read again, and
 * StoreError where nothing can be written; then the old one is still there.
 */
export function writeProfile(folder: string, profile: DeskProfile): void {
  const text = `${JSON.stringify(parseProfile(profile), null, 2)}\n`
  try {
    writeWhole(join(folder, PROFILE_FILE), text, 0o644)
  } catch (error) {
    throw asStoreError(error)
  }
}
