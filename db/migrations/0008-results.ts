/**
 * Services that an entry delivered, and notes: the hash and its circumstances come from the log and stay, salt and value are
 * purged. A note of another counter of the agency has no `note_no`. `note_wanted` names visits of which the server has some.
 */
export const migration = {
  version: 8,
  sql: `
    ALTER TABLE entry ADD COLUMN delivered TEXT;
    CREATE INDEX entry_ended ON entry (business_date, ended_at);
    CREATE TABLE note (
      visit_id TEXT NOT NULL, entry_no INTEGER NOT NULL, value_hash TEXT NOT NULL, note_no INTEGER,
      counter_id TEXT, officer_id TEXT, noted_at INTEGER NOT NULL, salt TEXT, value TEXT,
      unsent INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (visit_id, entry_no, value_hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX note_unsent ON note (unsent) WHERE unsent = 1;
    CREATE TABLE note_wanted (visit_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
}
