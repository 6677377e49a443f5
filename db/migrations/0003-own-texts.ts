/**
 * Which personal texts were written here: a server restored from a backup may have lost them, and gets them again. Of those
 * that were sent before this version nobody knows any more who wrote them.
 */
export const migration = {
  version: 3,
  sql: `
    ALTER TABLE personal_text ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
    UPDATE personal_text SET own = 1 WHERE unsent = 1;
  `,
}
