/** The first schema: log, projections, control rows, jobs. */
export const migration = {
  version: 1,
  sql: `
    CREATE TABLE event (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

    CREATE TABLE entry (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, status TEXT NOT NULL, label TEXT NOT NULL,
      business_date TEXT NOT NULL, service_id TEXT NOT NULL, priority TEXT, journey_id TEXT,
      issued_at INTEGER NOT NULL, waiting_since INTEGER NOT NULL, counter_id TEXT, officer_id TEXT,
      called_at INTEGER, calls INTEGER NOT NULL, serving_at INTEGER, ended_at INTEGER,
      outcome TEXT, served_ms INTEGER, served_estimated INTEGER, to_service_id TEXT,
      PRIMARY KEY (visit_id, entry_no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_status ON entry (status, business_date);

    CREATE TABLE visit (
      visit_id TEXT PRIMARY KEY, label TEXT NOT NULL, business_date TEXT NOT NULL, service_id TEXT NOT NULL,
      priority TEXT, journey_id TEXT, issued_at INTEGER NOT NULL, UNIQUE (business_date, label)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE hand (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, incarnation INTEGER NOT NULL, grant_n INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('held', 'used', 'released')), label TEXT NOT NULL,
      business_date TEXT NOT NULL, service_id TEXT NOT NULL, priority TEXT, is_priority INTEGER NOT NULL,
      journey_id TEXT, issued_at INTEGER NOT NULL, waiting_since INTEGER NOT NULL, ord INTEGER NOT NULL,
      PRIMARY KEY (visit_id, entry_no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX hand_held ON hand (business_date, is_priority, ord) WHERE state = 'held';

    CREATE TABLE queue (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, label TEXT NOT NULL, business_date TEXT NOT NULL,
      service_id TEXT NOT NULL, priority TEXT, waiting_since INTEGER NOT NULL, ord INTEGER NOT NULL, counter_id TEXT,
      PRIMARY KEY (visit_id, entry_no)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE desk (
      id INTEGER PRIMARY KEY CHECK (id = 1), counter_id TEXT, epoch INTEGER, open INTEGER NOT NULL, officer_id TEXT,
      launch_id TEXT, regulars_since_priority INTEGER, serving_mono INTEGER, serving_boot TEXT
    ) STRICT;
    INSERT INTO desk (id, open) VALUES (1, 0);

    CREATE TABLE device (
      id INTEGER PRIMARY KEY CHECK (id = 1), device_id TEXT NOT NULL, token TEXT NOT NULL, generation INTEGER NOT NULL,
      slot INTEGER NOT NULL, role_kind TEXT NOT NULL, role_id TEXT NOT NULL, server_url TEXT NOT NULL,
      acked_seq INTEGER NOT NULL, cursor INTEGER NOT NULL, clock_offset INTEGER, offline_since INTEGER
    ) STRICT;
    CREATE TABLE config (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

    CREATE TABLE command (command_id TEXT PRIMARY KEY, result TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE pin_attempt (
      officer_id TEXT PRIMARY KEY, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE number_lease (
      service_id TEXT NOT NULL, business_date TEXT NOT NULL, from_n INTEGER NOT NULL, to_n INTEGER NOT NULL,
      next_n INTEGER NOT NULL, PRIMARY KEY (service_id, business_date, from_n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE desk_series (business_date TEXT PRIMARY KEY, next_n INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE personal_text (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, key TEXT NOT NULL, salt TEXT NOT NULL, value TEXT NOT NULL,
      unsent INTEGER NOT NULL, PRIMARY KEY (visit_id, entry_no, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX personal_text_unsent ON personal_text (unsent) WHERE unsent = 1;

    CREATE TABLE print_job (
      n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, kind TEXT NOT NULL,
      label TEXT NOT NULL, document TEXT NOT NULL, bytes BLOB, state TEXT NOT NULL, code TEXT,
      attempts INTEGER NOT NULL DEFAULT 0, settled INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX print_job_open ON print_job (state) WHERE state IN ('queued', 'sending', 'unknown', 'failed');
  `,
}
