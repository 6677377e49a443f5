/** Why and since when an entry is on hold, as its own log tells it. */
export const migration = {
  version: 5,
  sql: `
    ALTER TABLE entry ADD COLUMN hold_reason TEXT;
    ALTER TABLE entry ADD COLUMN held_at INTEGER;
    UPDATE entry SET (hold_reason, held_at) = (
      SELECT json_extract(body, '$.data.reason'), json_extract(body, '$.at') + coalesce(json_extract(body, '$.offset'), 0)
      FROM event
      WHERE type = 'entry.held'
        AND json_extract(body, '$.data.visitId') = entry.visit_id
        AND json_extract(body, '$.data.entryNo') = entry.entry_no
      ORDER BY generation DESC, seq DESC
      LIMIT 1
    )
    WHERE status = 'on_hold';
  `,
}
