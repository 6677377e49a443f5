/** Do the books of all the machines agree with each other, whatever was promised? */
import type { Breach } from '#tests/crash/check-promises.ts'
import { refOf } from '#tests/crash/check-promises.ts'
import type { DeskEvent, DeskEvidence, Evidence, ServerEvidence } from '#tests/crash/evidence.ts'

/** May stand in the books of a mall without any fault: a run over midnight. */
const HARMLESS = /^AFTER_MIDNIGHT /

export function checkFacts(evidence: Evidence): Breach[] {
  const { desks, server } = evidence
  const wrong = (what: string): Breach => ({ kind: 'wrong', what })
  return [
    ...desks.flatMap(({ desk, faults }) => faults.map((fault) => wrong(`${desk}: ${fault}`))),
    ...server.faults.map((fault) => wrong(`server: ${fault}`)),
    ...server.findings.filter((finding) => !HARMLESS.test(finding)).map((finding) => wrong(`server: ${finding}`)),
    ...(server.incarnation === 1
      ? []
      : [{ kind: 'lost', what: 'the server forgot what it had acknowledged' } as const]),
    ...desks.flatMap((desk) => checkArrival(desk, server)),
    ...checkNumbers(desks),
    ...checkCalls(desks),
  ]
}

/** Everything was sent: both chains are the same. */
function checkArrival({ desk, deviceId, events }: DeskEvidence, server: ServerEvidence): Breach[] {
  const arrived = server.events.get(deviceId) ?? []
  const breaches: Breach[] = events
    .filter(({ hash }, index) => arrived[index]?.hash !== hash)
    .map(({ seq }) => ({
      kind: arrived[seq - 1] ? 'wrong' : 'lost',
      what: `${desk}: event ${seq} is not so on the server`,
    }))
  if (arrived.length > events.length) {
    breaches.push({ kind: 'lost', what: `${desk}: the server has ${arrived.length} events, the desk ${events.length}` })
  }
  const visits = events.filter(({ type }) => type === 'visit.issued' || type === 'visit.issued_here')
  for (const event of visits) {
    const visitId = refOf(event)?.visitId ?? ''
    if (!server.visits.has(visitId))
      breaches.push({ kind: 'lost', what: `${desk}: the server has no visit ${visitId}` })
  }
  return breaches
}

/** No number of a day went to two people. */
function checkNumbers(desks: readonly DeskEvidence[]): Breach[] {
  const numbers = desks.flatMap(({ events }) =>
    events.flatMap(({ type, data }) =>
      (type === 'visit.issued' || type === 'visit.issued_here') && 'label' in data && 'businessDate' in data
        ? [`${data.businessDate} ${data.label}`]
        : [],
    ),
  )
  const groups = Map.groupBy(numbers, (number) => number)
  return [...groups].flatMap(([number, all]): Breach[] =>
    all.length > 1 ? [{ kind: 'twice', what: `${number} was issued ${all.length} times` }] : [],
  )
}

const TAKES: ReadonlySet<string> = new Set(['entry.called', 'entry.presented'])
const GIVES_BACK: ReadonlySet<string> = new Set(['entry.call_undone', 'entry.returned'])

type Stay = { desk: string; from: number; to: number }

/** At no moment was one entry at two desks. All processes share one clock. */
function checkCalls(desks: readonly DeskEvidence[]): Breach[] {
  const stays = new Map<string, Stay[]>()
  for (const { desk, events } of desks) {
    for (const event of events) follow(stays, desk, event)
  }
  return [...stays].flatMap(([entry, all]) => {
    const inOrder = all.toSorted((a, b) => a.from - b.from)
    return inOrder.flatMap((stay, index): Breach[] => {
      const before = inOrder[index - 1]
      if (!before || before.desk === stay.desk || before.to <= stay.from) return []
      return [{ kind: 'twice', what: `${entry} was called by ${before.desk} and ${stay.desk}` }]
    })
  })
}

function follow(stays: Map<string, Stay[]>, desk: string, event: DeskEvent): void {
  const ref = refOf(event)
  if (!ref) return
  const key = `${ref.visitId}/${ref.entryNo}`
  const known = stays.get(key) ?? []
  if (TAKES.has(event.type)) {
    stays.set(key, [...known, { desk, from: event.at, to: Number.POSITIVE_INFINITY }])
  } else if (GIVES_BACK.has(event.type)) {
    const last = known.findLast((stay) => stay.desk === desk)
    if (last) last.to = event.at
  }
}
