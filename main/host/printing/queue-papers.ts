/** What a visitor takes along who goes on to another counter. */
import type { Entry } from '#domain/entry.ts'
import type { HostContext } from '#main/host/context.ts'
import { type Onward, queueReceipt } from '#main/host/printing/queue-receipt.ts'
import { queueSlip } from '#main/host/printing/queue-slip.ts'

/** The receipt always; cut off, also the slip that the next desk can trust although it heard of nothing. */
export function queuePapers(context: HostContext, after: Entry, onward: Onward): void {
  queueReceipt(context, after, onward)
  if (context.mall.isOnline()) return
  const { visitId, entryNo, label, businessDate, issuedAt, priority } = after
  const slip = { visitId, label, businessDate, issuedAt, priority }
  queueSlip(context, { ...slip, entryNo: entryNo + 1, serviceId: onward.toServiceId }, onward.toCounterId)
}
