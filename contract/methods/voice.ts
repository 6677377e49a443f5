/** Announcements at the PC that speaks for a zone. */
import { z } from 'zod'
import { Done, method } from '#contract/methods/method.ts'
import { Announcement, Clip, ClipName } from '#contract/voice.ts'

const AnnouncementId = Announcement.shape.id

export const VOICE_METHODS = {
  /** Sound for announcements. Only at the PC that speaks for a zone; the login screen speaks, too. */
  'voice.clips': method({
    input: z.object({
      names: z.array(ClipName).max(80),
      undecodable: z.array(ClipName).max(80).describe('Of the mall; the built-in ones are used instead from now on'),
    }),
    output: z.object({ clips: z.array(Clip) }),
    access: 'anyone',
    movesCustody: false,
    errors: ['VOICE_OFF'],
  }),
  /** This screen speaks the announcement, so that no other one does. */
  'voice.begin': method({
    input: z.object({ id: AnnouncementId, durationMs: z.int().min(0).max(120_000) }),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: ['VOICE_OVER'],
  }),
  'voice.ended': method({
    input: z.object({ id: AnnouncementId, wasHeard: z.boolean() }),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: [],
  }),
} as const
