/** Which notes the screen shows: those about visits of this counter, and only to an officer of its agency. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { HostContext } from '#main/host/context.ts'
import { isOfOwnAgency } from '#main/host/own-counter.ts'

export function notesOf(
  context: HostContext,
  entries: readonly ({ visitId: string } | null)[],
  officerId: string | null,
): DeskSnapshot['notes'] {
  if (!isOfOwnAgency(context, officerId)) return null
  const config = context.config()
  const visitIds = new Set(entries.flatMap((entry) => entry?.visitId ?? []))
  return context.repositories.notes
    .ofVisits([...visitIds])
    .map(({ visitId, entryNo, notedAt, counterId, officerId: by, value }) => ({
      visitId,
      entryNo,
      at: notedAt,
      counterName: config?.counters.find((one) => one.id === counterId)?.name ?? '',
      officerName: config?.officers.find((one) => one.id === by)?.name ?? '',
      text: value,
    }))
}
