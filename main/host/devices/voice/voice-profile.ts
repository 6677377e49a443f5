/** The desk's loudspeaker, as profile.json names it. */
import { z } from 'zod'

export const VoiceProfile = z.strictObject({
  /** The zone of the mall's configuration that this PC speaks for. */
  zone: z.string().min(1).max(40),
  volume: z.int().min(0).max(100).default(80).describe('Percent'),
  repeats: z.int().min(1).max(3).default(1).describe('How often a call is said'),
  chime: z.boolean().default(true),
  reading: z.enum(['digits', 'number']).default('digits').describe('012: nol satu dua, or dua belas'),
  languages: z.enum(['id', 'id+en']).default('id'),
})
export type VoiceProfile = z.infer<typeof VoiceProfile>
