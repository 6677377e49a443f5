/** Was every promise kept? Each thing that was acknowledged or shown has to be on the right disk, once, and in its order. */
import type { DeskEvent, DeskEvidence, Evidence } from '#tests/crash/evidence.ts'
import type { AnswerRecord, JournalRecord } from '#tests/crash/records.ts'

/** `lost`: promised and not there. `twice`: there more often than anybody was told. */
export type Breach = { kind: 'lost' | 'twice' | 'wrong'; what: string }

/** The event that a command leaves; only commands leave these. */
const EVENT_OF: Readonly<Record<string, DeskEvent['type']>> = {
  'counter.open': 'counter.opened',
  'visit.issue': 'visit.issued',
  'visit.issueHere': 'visit.issued_here',
  'queue.callNext': 'entry.called',
  'queue.callAgain': 'entry.called_again',
  'queue.callBack': 'entry.called_back',
  'queue.startServing': 'entry.serving',
  'queue.complete': 'entry.completed',
  'queue.forward': 'entry.forwarded',
  'queue.transfer': 'entry.transferred',
  'queue.noShow': 'entry.no_show',
  'queue.returnToQueue': 'entry.returned',
  'queue.undo': 'entry.call_undone',
  'queue.hold': 'entry.held',
  'queue.resume': 'entry.resumed',
  'queue.cancel': 'entry.cancelled',
}
const LEFT_BY_COMMANDS = new Set(Object.values(EVENT_OF))

export function checkPromises(journal: readonly JournalRecord[], evidence: Evidence): Breach[] {
  return evidence.desks.flatMap((desk) => {
    const ofDesk = journal.filter((record) => record.desk === desk.desk)
    const answers = ofDesk.filter((record) => record.kind === 'answer')
    return [
      ...checkActs(desk, answers),
      ...answers.flatMap((answer) => checkAnswer(desk, answer)),
      ...ofDesk.flatMap((record) => (record.kind === 'shown' ? checkShown(desk, record) : [])),
      ...ofDesk.flatMap((record) => (record.kind === 'acknowledged' ? checkAcknowledged(desk, evidence, record) : [])),
    ]
  })
}

/** Acts in the order of their answers against the log: one person presses one button after the other. */
function checkActs({ desk, events }: DeskEvidence, answers: readonly AnswerRecord[]): Breach[] {
  const told = answers.map((answer) => actText(EVENT_OF[answer.method] ?? answer.method, answer.ref))
  const logged = events
    .filter(({ type }) => LEFT_BY_COMMANDS.has(type))
    .map((event) => actText(event.type, refOf(event)))
  const times = (acts: readonly string[]) => Map.groupBy(acts, (act) => act)
  const toldTimes = times(told)
  const loggedTimes = times(logged)
  const breaches = [...new Set([...told, ...logged])].flatMap((act): Breach[] => {
    const more = (toldTimes.get(act)?.length ?? 0) - (loggedTimes.get(act)?.length ?? 0)
    if (more === 0) return []
    return [{ kind: more > 0 ? 'lost' : 'twice', what: `${desk}: ${act}: ${Math.abs(more)} times` }]
  })
  if (breaches.length > 0) return breaches
  const at = told.findIndex((act, index) => act !== logged[index])
  return at < 0 ? [] : [{ kind: 'wrong', what: `${desk}: ${told[at]} was answered in the place of ${logged[at]}` }]
}

/** The result under the command's id, and the entry that it was about. */
function checkAnswer({ desk, results, entries, events }: DeskEvidence, answer: AnswerRecord): Breach[] {
  const { commandId, method, data, ref } = answer
  const stored = results.get(commandId)
  const name = `${desk}: ${method} ${commandId}`
  if (!stored) return [{ kind: 'lost', what: `${name}: no result` }]
  if (stored.at > answer.at) return [{ kind: 'lost', what: `${name}: answered before it was stored` }]
  if (stored.json !== JSON.stringify(data)) return [{ kind: 'wrong', what: `${name}: the result is ${stored.json}` }]
  if (!ref || method.startsWith('visit.')) return []
  if (!entries.has(`${ref.visitId}/${ref.entryNo}`)) return [{ kind: 'lost', what: `${name}: no entry` }]
  if (method !== 'queue.callNext') return []
  const { label } = data as { label?: string }
  return wasCalled(events, { ...ref, label, at: answer.at })
    ? []
    : [{ kind: 'lost', what: `${name}: ${label} is not in the log` }]
}

function checkShown({ desk, events }: DeskEvidence, shown: JournalRecord & { kind: 'shown' }): Breach[] {
  return wasCalled(events, shown) ? [] : [{ kind: 'lost', what: `${desk}: ${shown.label} was shown, not logged` }]
}

type Call = { visitId: string; entryNo: number; label: string | undefined; at: number }

/** By then: a later call is what became of a repeated command. */
function wasCalled(events: readonly DeskEvent[], ref: Call): boolean {
  return events.some(
    ({ type, data, at }) =>
      type === 'entry.called' &&
      at <= ref.at &&
      'label' in data &&
      'entryNo' in data &&
      data.visitId === ref.visitId &&
      data.entryNo === ref.entryNo &&
      data.label === ref.label,
  )
}

/** What the server confirmed is there on both sides, with that hash. */
function checkAcknowledged(
  { desk, deviceId, events }: DeskEvidence,
  { server }: Evidence,
  { seq, hash, at }: JournalRecord & { kind: 'acknowledged' },
): Breach[] {
  if (seq === 0) return []
  const arrived = server.events.get(deviceId)?.[seq - 1]
  if (arrived && arrived.receivedAt > at) {
    return [{ kind: 'lost', what: `${desk}: ${seq} was acknowledged, and stored only when it came once more` }]
  }
  const sides = { desk: events[seq - 1], server: arrived }
  return Object.entries(sides).flatMap(([side, event]): Breach[] => {
    if (!event) return [{ kind: 'lost', what: `${desk}: acknowledged ${seq} is not on the ${side}` }]
    const isSame = event.seq === seq && event.hash === hash
    return isSame ? [] : [{ kind: 'wrong', what: `${desk}: acknowledged ${seq} is another event on the ${side}` }]
  })
}

export function refOf({ data }: Pick<DeskEvent, 'data'>): { visitId: string; entryNo: number } | null {
  if (!('visitId' in data)) return null
  return { visitId: data.visitId, entryNo: 'entryNo' in data ? data.entryNo : 1 }
}

function actText(type: string, ref: { visitId: string; entryNo: number } | null): string {
  return ref ? `${type} ${ref.visitId}/${ref.entryNo}` : type
}
