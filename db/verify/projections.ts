/** Folds the whole log in memory and compares the rows with the tables. */
import { type ProjectionRows, project } from '#db/projections.ts'
import { toRow } from '#db/repositories/entries.ts'
import type { Repositories } from '#db/repositories/index.ts'
import { noteRow } from '#db/repositories/notes.ts'
import { visitRow } from '#db/repositories/visits.ts'
import type { EntryTable, NoteTable, VisitTable } from '#db/schema.ts'
import type { VerifyFinding } from '#db/verify.ts'
import type { Entry } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'

export type FoldedLog = {
  entries: Map<string, EntryTable>
  visits: Map<string, VisitTable>
  /** Of this workstation, by visit, entry and hash. */
  notes: Map<string, NoteFromLog>
  /** Acts that their entry does not allow. */
  findings: VerifyFinding[]
}

/** Salt and value are not from the log, and nobody misses them once they are purged. */
export type NoteFromLog = Omit<NoteTable, 'salt' | 'value' | 'unsent'>

export function foldLog({ events }: Repositories): FoldedLog {
  const entries = new Map<string, Entry>()
  const visits = new Map<string, VisitTable>()
  const notes = new Map<string, NoteFromLog>()
  const findings: VerifyFinding[] = []
  const rows: ProjectionRows = {
    entries: {
      get: ({ visitId, entryNo }) => entries.get(`${visitId}/${entryNo}`) ?? null,
      put: (entry) => void entries.set(`${entry.visitId}/${entry.entryNo}`, entry),
    },
    visits: {
      add: (visit, issuedAt) => void visits.set(visit.visitId, visitRow(visit, issuedAt)),
      cancel(visitId, at) {
        const visit = visits.get(visitId)
        if (visit) visits.set(visitId, { ...visit, cancelled_at: at })
      },
    },
    notes: { add: (note) => void notes.set(noteKey(noteRow(note)), fromLog(noteRow(note))) },
  }
  for (const { generation, seq, body } of events.rows()) {
    try {
      project(rows, JSON.parse(body) as EventBody)
    } catch (error) {
      findings.push({ table: 'event', key: `${generation}/${seq}`, what: String(error) })
    }
  }
  return { entries: new Map([...entries].map(([key, entry]) => [key, toRow(entry)])), visits, notes, findings }
}

export function projectionFindings({ entries, visits, notes }: Repositories, fold: FoldedLog): VerifyFinding[] {
  return [
    ...differences(
      'entry',
      fold.entries,
      new Map(entries.all().map((row) => [`${row.visit_id}/${row.entry_no}`, row])),
    ),
    ...differences('visit', fold.visits, new Map(visits.all().map((row) => [row.visit_id, row]))),
    ...differences('note', fold.notes, new Map(ownNotes(notes).map((row) => [noteKey(row), fromLog(row)]))),
  ]
}

function ownNotes(notes: Repositories['notes']): NoteTable[] {
  return notes.all().filter(({ note_no }) => note_no !== null)
}

export function noteKey({ visit_id, entry_no, value_hash }: NoteFromLog): string {
  return `${visit_id}/${entry_no}/${value_hash.slice(0, 10)}`
}

function fromLog({ salt: _salt, value: _value, unsent: _unsent, ...row }: NoteTable): NoteFromLog {
  return row
}

function differences<T extends object>(
  table: string,
  expected: Map<string, T>,
  actual: Map<string, T>,
): VerifyFinding[] {
  const findings: VerifyFinding[] = []
  for (const [key, row] of expected) {
    const found = actual.get(key)
    if (!found) findings.push({ table, key, what: 'baris tidak ada' })
    else findings.push(...columnsThatDiffer(row, found).map((what) => ({ table, key, what })))
  }
  for (const key of actual.keys()) {
    if (!expected.has(key)) findings.push({ table, key, what: 'baris tidak berasal dari catatan' })
  }
  return findings
}

function columnsThatDiffer<T extends object>(expected: T, actual: T): string[] {
  return (Object.keys(expected) as (keyof T)[])
    .filter((column) => expected[column] !== actual[column])
    .map((column) => `${String(column)} = ${String(actual[column])}, menurut catatan ${String(expected[column])}`)
}
