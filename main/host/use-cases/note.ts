/** Catatan: the officer writes something down about a visit. Its text never enters the log, another agency, or a device. */
import type { MethodInput } from '#contract/desk-api.ts'
import { keptNote, NOTE_LIMIT } from '#domain/note.ts'
import type { HostContext } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { isOfOwnAgency } from '#main/host/own-counter.ts'
import { actTogether } from '#main/host/use-cases/act.ts'
import { sealText } from '#main/host/use-cases/seal-text.ts'

export function writeNote(context: HostContext, { commandId, visitId, entryNo, text }: MethodInput<'queue.note'>) {
  const { notes } = context.repositories
  const ref = { visitId, entryNo }
  const sealed = sealText(context, keptNote(text))
  const { valueHash, value } = sealed
  const command = { kind: 'note', ...ref, noteNo: notes.nextNo(ref), valueHash, today: today(context) } as const
  const refusal = () => refuseText(value) ?? (isOfOwnAgency(context, officerHere(context)) ? null : 'OTHER_AGENCY')
  return actTogether(context, commandId, command, () => notes.setText({ ...ref, ...sealed }), refusal)
}

function refuseText(value: string): 'NOTE_EMPTY' | 'NOTE_TOO_LONG' | null {
  if (value === '') return 'NOTE_EMPTY'
  return value.length > NOTE_LIMIT ? 'NOTE_TOO_LONG' : null
}
