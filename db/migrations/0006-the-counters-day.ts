/** The counter's day: what is known of its pause, which services it takes, whether its screen is locked, and planned pauses put off. */
export const migration = {
  version: 6,
  sql: `
    ALTER TABLE desk ADD COLUMN pause_reason TEXT;
    ALTER TABLE desk ADD COLUMN pause_since INTEGER;
    ALTER TABLE desk ADD COLUMN pause_back_at INTEGER;
    ALTER TABLE desk ADD COLUMN pause_scheduled INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE desk ADD COLUMN working_since INTEGER;
    ALTER TABLE desk ADD COLUMN chosen_services TEXT;
    ALTER TABLE desk ADD COLUMN locked_since INTEGER;
    CREATE TABLE pause_put_off (
      planned_from INTEGER PRIMARY KEY, put_off_until INTEGER NOT NULL
    ) STRICT;
    UPDATE desk SET
      pause_reason = json_extract(pause.body, '$.data.reason'),
      pause_since = json_extract(pause.body, '$.at') + coalesce(json_extract(pause.body, '$.offset'), 0)
    FROM (
      SELECT body FROM event WHERE type = 'counter.paused' ORDER BY generation DESC, seq DESC LIMIT 1
    ) AS pause
    WHERE desk.paused = 1;
  `,
}
