/**
 * What a front desk knows of the numbers it gave: whether the visitor had everything or had booked, whether it took the number
 * back, which print job is its slip, and what the server said last of it; and the bookings of the next days.
 */
export const migration = {
  version: 9,
  sql: `
    ALTER TABLE visit ADD COLUMN requirements_met INTEGER;
    ALTER TABLE visit ADD COLUMN cancelled_at INTEGER;
    ALTER TABLE visit ADD COLUMN appointment_code TEXT;
    CREATE INDEX visit_appointment ON visit (appointment_code) WHERE appointment_code IS NOT NULL;
    CREATE TABLE appointment (
      code TEXT PRIMARY KEY, service_id TEXT NOT NULL, business_date TEXT NOT NULL, at INTEGER NOT NULL,
      is_used INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE visit_status (
      visit_id TEXT PRIMARY KEY, status TEXT NOT NULL, counter_id TEXT
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE print_job ADD COLUMN visit_id TEXT;
    CREATE INDEX print_job_visit ON print_job (visit_id, n) WHERE visit_id IS NOT NULL;
  `,
}
