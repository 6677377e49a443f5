/** Texts that are kept outside events, which hold only their salted hashes. */
import { z } from 'zod'
import { ConfigId, EntryNo, Millis, Uuid } from '#contract/events.ts'
import { NOTES_LIMIT } from '#contract/wire/agreed.ts'
import { NOTE_LIMIT } from '#domain/note.ts'

/** POST /v1/personal-texts: values whose hashes are in events; the server checks them against the hash. */
export const PersonalText = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  key: ConfigId,
  salt: z.string().length(22),
  value: z.string().min(1).max(200),
})
export type PersonalText = z.infer<typeof PersonalText>
export const PersonalTextsRequest = z.strictObject({ texts: z.array(PersonalText).min(1).max(100) })
export const PersonalTextsReply = z.strictObject({ stored: z.int().min(0) })

/** POST /v1/notes: texts whose salted hashes are in `entry.noted` events; the server finds each by its hash. */
export const NoteText = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  salt: z.string().length(22),
  value: z.string().min(1).max(NOTE_LIMIT),
})
export type NoteText = z.infer<typeof NoteText>
export const NotesRequest = z.strictObject({ notes: z.array(NoteText).min(1).max(NOTES_LIMIT) })
export const NotesReply = z.strictObject({ taken: z.int().min(0) })

/**
 * GET /v1/visits/:visitId/notes: what counters of the caller's agency wrote about the visit. Only for the device that holds
 * the visit's open entry.
 */
export const VisitNote = z.strictObject({
  ...NoteText.shape,
  counterId: ConfigId.nullable(),
  officerId: ConfigId.nullable(),
  notedAt: Millis,
})
export type VisitNote = z.infer<typeof VisitNote>
export const VisitNotesReply = z.strictObject({ notes: z.array(VisitNote) })
export type VisitNotesReply = z.infer<typeof VisitNotesReply>

/** GET /v1/visits/:visitId/prerequisites: only for the device that holds the visit's open entry. */
export const PrerequisitesReply = z.strictObject({ texts: z.array(PersonalText) })
export type PrerequisitesReply = z.infer<typeof PrerequisitesReply>
