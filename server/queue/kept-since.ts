import { NOTE_DAYS, notesKeptSince } from '#domain/note.ts'
import type { MallContext } from '#server/context.ts'

/** The moment since which the mall keeps notes and what a step handed over, epoch ms; what is older is removed. */
export function keptSince({ mall, now }: Pick<MallContext, 'mall' | 'now'>): number {
  return notesKeptSince(now(), mall.config.notesDays ?? NOTE_DAYS)
}
