/** The desk's profile: which display, printer and loudspeaker hang on this PC. A file that a technician edits; never holds a secret. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LedProfile } from '#main/host/devices/led/drivers.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { VoiceProfile } from '#main/host/devices/voice/voice-profile.ts'

const DeskProfile = z.strictObject({
  led: LedProfile.nullable(),
  printer: PrinterProfile.nullable(),
  /** The loudspeaker; most PCs have none. */
  voice: VoiceProfile.nullable().default(null),
  /** Language of slips and receipts. */
  language: z.enum(['id', 'en']),
})
export type DeskProfile = z.infer<typeof DeskProfile>

export const PROFILE_FILE = 'profile.json'
const NO_DEVICES: DeskProfile = { led: null, printer: null, voice: null, language: 'id' }

export class ProfileError extends Error {
  override name = 'ProfileError'
}

/** Reads `folder`/profile.json. A missing file means no devices; a wrong one throws ProfileError with path and rule. */
export function readProfile(folder: string): DeskProfile {
  const file = join(folder, PROFILE_FILE)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_DEVICES
    throw new ProfileError(`${file}: ${String(error)}`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ProfileError(`${file}: ${String(error)}`)
  }
  const parsed = DeskProfile.safeParse(value)
  if (parsed.success) return parsed.data
  const rules = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`)
  throw new ProfileError(`${file}: ${rules.join('; ')}`)
}
