/** The certificate that this workstation knows its server by. */
export const migration = {
  version: 2,
  sql: 'ALTER TABLE device ADD COLUMN server_fingerprint TEXT;',
}
