/** What the bank printed on the proof of payment, of a completed service that costs something. */
export const migration = { version: 4, sql: 'ALTER TABLE entry ADD COLUMN payment_reference TEXT;' }
