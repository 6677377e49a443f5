/** Appointments, transfers to a place in line and with a way back, and why a number was called. */
export const migration = {
  version: 7,
  sql: `
    ALTER TABLE visit ADD COLUMN appointment_at INTEGER;

    ALTER TABLE entry ADD COLUMN appointment_at INTEGER;
    ALTER TABLE entry ADD COLUMN rank_since INTEGER;
    ALTER TABLE entry ADD COLUMN rank_by TEXT;
    ALTER TABLE entry ADD COLUMN returns_service_id TEXT;
    ALTER TABLE entry ADD COLUMN returns_counter_id TEXT;
    ALTER TABLE entry ADD COLUMN returns_journey_id TEXT;
    ALTER TABLE entry ADD COLUMN out_of_order TEXT;
    ALTER TABLE entry ADD COLUMN turn TEXT;

    ALTER TABLE hand ADD COLUMN appointment_at INTEGER;
    ALTER TABLE hand ADD COLUMN rank_since INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE hand ADD COLUMN rank_by TEXT;
    ALTER TABLE hand ADD COLUMN goes_first INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE hand ADD COLUMN returns_service_id TEXT;
    ALTER TABLE hand ADD COLUMN returns_counter_id TEXT;
    ALTER TABLE hand ADD COLUMN returns_journey_id TEXT;
    UPDATE hand SET rank_since = waiting_since;
    DROP INDEX hand_held;
    CREATE INDEX hand_held ON hand (business_date, is_priority, goes_first DESC, rank_since, ord) WHERE state = 'held';

    ALTER TABLE queue ADD COLUMN appointment_at INTEGER;
    ALTER TABLE queue ADD COLUMN rank_since INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE queue ADD COLUMN rank_by TEXT;
    ALTER TABLE queue ADD COLUMN goes_first INTEGER NOT NULL DEFAULT 0;
    UPDATE queue SET rank_since = waiting_since;
  `,
}
