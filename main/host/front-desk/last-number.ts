/** The number that a front desk gave last: what became of its slip, and what the server said of it. */
import type { FrontDeskView } from '#contract/snapshot.ts'
import type { PrintJobTable, VisitStatusTable, VisitTable } from '#db/schema.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { HostContext } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'

type Last = NonNullable<FrontDeskView['last']>
type SlipState = NonNullable<Last['slip']>['state']

export function lastNumber(context: HostContext): FrontDeskView['last'] {
  const { visits, printJobs } = context.repositories
  const visit = visits.newestOn(today(context))
  if (!visit) return null
  const status = visits.statusOf(visit.visit_id)
  const job = printJobs.slipOf(visit.visit_id)
  const counter = context.config()?.counters.find(({ id }) => id === status?.counter_id)
  const state = stateOf(visit, status)
  return {
    visitId: visit.visit_id,
    label: visit.label,
    serviceId: visit.service_id,
    state,
    counterName: state === 'called' ? (counter?.name ?? null) : null,
    slip: job && { jobId: job.id, state: slipState(job), code: job.code },
  }
}

function stateOf({ cancelled_at }: VisitTable, told: VisitStatusTable | null): Last['state'] {
  if (told?.status === 'cancelled') return 'cancelled'
  if (told && isEnded(told.status)) return 'ended'
  if (told && told.status !== 'waiting') return 'called'
  if (cancelled_at !== null) return 'cancelling'
  return told ? 'waiting' : 'unsent'
}

function slipState(job: Pick<PrintJobTable, 'state' | 'attempts' | 'settled' | 'code'>): SlipState {
  // Withdrawn together with its number: nobody said whether it came out.
  if (job.code === 'NUMBER_CANCELLED' && job.state !== 'confirmed' && job.state !== 'handed_over') return 'given_up'
  switch (job.state) {
    case 'queued':
      return job.attempts > 0 ? 'waiting' : 'printing'
    case 'sending':
      return 'printing'
    case 'confirmed':
      return 'printed'
    case 'handed_over':
      return 'handed_over'
    case 'unknown':
      // Answered with yes: a second print is a job of its own.
      return job.settled === 1 ? 'printed' : 'unknown'
    case 'failed':
      return job.settled === 1 ? 'given_up' : 'failed'
  }
}
