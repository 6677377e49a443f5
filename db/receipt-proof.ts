/** Finds the event that a receipt names by the first ten base32 characters of its hash. */
import type { Repositories } from '#db/repositories/index.ts'
import { businessDate, zoneName } from '#domain/business-date.ts'
import { shortHash } from '#domain/chain.ts'
import { mallTime } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'

/** The code out of what was typed: the ten characters, or the whole line "device seq code" as printed. Null when there is none. */
export function receiptCode(typed: string): string | null {
  const last = typed.trim().toUpperCase().split(/\s+/).at(-1) ?? ''
  return /^[A-Z2-7]{10}$/.test(last) ? last : null
}

/** One line about the event: place in the chain, type, time, entry. Never personal text. Null when the log does not have it. */
export function findReceipt({ events }: Repositories, code: string, timeZone: string): string | null {
  for (const { generation, seq, type, hash, body } of events.rows()) {
    if (shortHash(hash) !== code) continue
    const event = JSON.parse(body) as EventBody
    const entry = 'entryNo' in event.data ? `antrean ${event.data.visitId}/${event.data.entryNo}` : ''
    return [`${generation}/${seq}`, type, clock(mallTime(event), timeZone), entry].join(' ').trim()
  }
  return null
}

function clock(at: number, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(at)
  return `${businessDate(at, timeZone)} ${time} ${zoneName(timeZone)}`
}
