/** Custody by grants in every row, a chain for each generation, and what the workstation keeps of its server. */
export const migration = {
  version: 2,
  sql: `
    DROP TRIGGER event_no_update;
    DROP TRIGGER event_no_delete;
    ALTER TABLE event RENAME TO event_before;
    CREATE TABLE event (
      generation INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (generation, seq)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO event SELECT json_extract(body, '$.generation'), seq, hash, type, body FROM event_before ORDER BY seq;
    DROP TABLE event_before;
    CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

    ALTER TABLE entry ADD COLUMN grant_incarnation INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entry ADD COLUMN grant_n INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entry ADD COLUMN strength INTEGER NOT NULL DEFAULT 0;
    UPDATE entry SET
      grant_incarnation = call.incarnation, grant_n = call.n,
      strength = CASE WHEN serving_at IS NULL THEN 1 ELSE 3 END
    FROM (
      SELECT json_extract(body, '$.data.visitId') AS visit_id, json_extract(body, '$.data.entryNo') AS entry_no,
        json_extract(body, '$.data.grant.incarnation') AS incarnation, json_extract(body, '$.data.grant.n') AS n
      FROM event WHERE type = 'entry.called'
    ) AS call
    WHERE entry.visit_id = call.visit_id AND entry.entry_no = call.entry_no;

    ALTER TABLE hand RENAME TO hand_before;
    DROP INDEX hand_held;
    CREATE TABLE hand (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, incarnation INTEGER NOT NULL, grant_n INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('held', 'used', 'released', 'void')), label TEXT NOT NULL,
      business_date TEXT NOT NULL, service_id TEXT NOT NULL, priority TEXT, is_priority INTEGER NOT NULL,
      journey_id TEXT, issued_at INTEGER NOT NULL, waiting_since INTEGER NOT NULL, ord INTEGER NOT NULL,
      PRIMARY KEY (visit_id, entry_no)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO hand SELECT * FROM hand_before;
    DROP TABLE hand_before;
    CREATE INDEX hand_held ON hand (business_date, is_priority, waiting_since, ord) WHERE state = 'held';
    CREATE TABLE tombstone (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, incarnation INTEGER NOT NULL, n INTEGER NOT NULL,
      PRIMARY KEY (visit_id, entry_no)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE desk ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;

    ALTER TABLE device ADD COLUMN nonce TEXT;
    ALTER TABLE device ADD COLUMN incarnation INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE device ADD COLUMN asserting INTEGER;
    ALTER TABLE device ADD COLUMN server_key TEXT;
    ALTER TABLE device ADD COLUMN server_fingerprint TEXT;
    ALTER TABLE device ADD COLUMN signed_generation INTEGER;
    ALTER TABLE device ADD COLUMN signed_seq INTEGER;
    ALTER TABLE device ADD COLUMN signed_hash TEXT;
    ALTER TABLE device ADD COLUMN signature TEXT;
    ALTER TABLE device ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE device ADD COLUMN anchor_server INTEGER;
    ALTER TABLE device ADD COLUMN anchor_mono INTEGER;
    ALTER TABLE device ADD COLUMN anchor_boot TEXT;
    CREATE TABLE older_chain (generation INTEGER PRIMARY KEY, acked_seq INTEGER NOT NULL) STRICT;

    CREATE TABLE finding (
      generation INTEGER NOT NULL, seq INTEGER NOT NULL, code TEXT NOT NULL, found_at INTEGER NOT NULL,
      settled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (generation, seq, code)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX finding_open ON finding (found_at) WHERE settled = 0;
    CREATE TABLE parked (cursor INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    CREATE TABLE slip_key (
      key_id TEXT PRIMARY KEY, business_date TEXT NOT NULL, sealed TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
