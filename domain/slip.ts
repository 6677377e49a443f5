/**
 * Slips that a desk can trust without the server: what is printed in the QR code, closed by a code under the mall's key of
 * that day. The keyed hash is passed in, so that this folder imports nothing.
 */
import { base32Head } from '#domain/base32.ts'
import type { EntryRef, PriorityGroup } from '#domain/events.ts'

export type Slip = EntryRef & {
  label: string
  serviceId: string
  businessDate: string
  issuedAt: number
  priority: PriorityGroup | null
}

/** HMAC-SHA256 of UTF-8 text under the key of that id, as lower case hex; null when the key is not here. */
export type KeyedHash = (keyId: string, text: string) => string | null

/** `LOKET2;visit;entry;label;service;date;issued;priority or -;key;code`. The code: 16 base32 characters (80 bits). */
export function slipText(slip: Slip, keyId: string, keyedHash: KeyedHash): string | null {
  const text = [...fieldsOf(slip), keyId].join(';')
  const hash = keyedHash(keyId, text)
  return hash && `${text};${base32Head(hash, 16)}`
}

export type SlipFault =
  /** Not a slip of ours at all. */
  | 'SLIP_UNREADABLE'
  /** Another mall's, or one whose key is not here. */
  | 'SLIP_FOREIGN'
  | 'SLIP_ALTERED'
  | 'SLIP_OLD'

export type SlipReading = { ok: true; slip: Slip } | { ok: false; code: SlipFault }

const SLIP = new RegExp(
  [
    '^LOKET2;([0-9a-f-]{36});([0-9]{1,2});([0-9A-Z]+-[0-9]+);([a-z0-9][a-z0-9-]{0,39});([0-9]{4}-[0-9]{2}-[0-9]{2});([0-9]{1,15})',
    ';(-|disability|elderly|pregnant|child|disaster_victim);([0-9A-Za-z._-]{1,40});([A-Z2-7]{16})$',
  ].join(''),
)

/** Reads what a scanner delivered. `today` is the mall's business date. */
export function readSlip(text: string, today: string, keyedHash: KeyedHash): SlipReading {
  const match = SLIP.exec(text.trim())
  if (!match) return { ok: false, code: 'SLIP_UNREADABLE' }
  const [, visitId = '', entryNo, label = '', serviceId = '', businessDate = '', issuedAt, priority, keyId = '', code] =
    match
  const slip: Slip = {
    visitId,
    entryNo: Number(entryNo),
    label,
    serviceId,
    businessDate,
    issuedAt: Number(issuedAt),
    priority: priority === '-' ? null : (priority as PriorityGroup),
  }
  const hash = keyedHash(keyId, [...fieldsOf(slip), keyId].join(';'))
  if (!hash) return { ok: false, code: businessDate < today ? 'SLIP_OLD' : 'SLIP_FOREIGN' }
  if (base32Head(hash, 16) !== code) return { ok: false, code: 'SLIP_ALTERED' }
  return businessDate === today ? { ok: true, slip } : { ok: false, code: 'SLIP_OLD' }
}

/** Six base32 characters (30 bits) printed under the number, for desks without a scanner. */
export function typedCode(slip: Pick<Slip, 'visitId' | 'entryNo' | 'serviceId'>, keyId: string, keyedHash: KeyedHash) {
  const hash = keyedHash(keyId, `TYPED;${slip.visitId};${slip.entryNo};${slip.serviceId}`)
  return hash && base32Head(hash, 6)
}

function fieldsOf({ visitId, entryNo, label, serviceId, businessDate, issuedAt, priority }: Slip): string[] {
  return ['LOKET2', visitId, String(entryNo), label, serviceId, businessDate, String(issuedAt), priority ?? '-']
}
