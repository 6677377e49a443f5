/** What the PC with the loudspeaker has to say: clips one after the other, each followed by silence. */
import { z } from 'zod'

/** Folder of the language, and file name without its ending. */
export const ClipName = z.string().regex(/^(id|en)\/[a-z0-9-]{1,60}$/)

/** Sound of one clip, in base64: wav, mp3 or Ogg. */
export const Clip = z.object({ name: ClipName, data: z.string() })
export type Clip = z.infer<typeof Clip>

export const Announcement = z.object({
  /** One reading of it: a repetition has another id. */
  id: z.string().min(1).max(60),
  clips: z
    .array(
      z.object({
        name: ClipName,
        pauseMs: z.int().min(0).max(5_000),
        /** May be left out when it cannot be played; any other missing word would make a wrong number. */
        isOptional: z.boolean(),
      }),
    )
    .min(1)
    .max(80),
  /** Percent. */
  volume: z.int().min(0).max(100),
})
export type Announcement = z.infer<typeof Announcement>
