/** Who this workstation is to the mall server, how far both agree, and the configuration it received. */
import type { Store } from '#db/open.ts'
import type { DeviceTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'

type NewDevice = Omit<DeviceTable, 'id' | 'acked_seq' | 'cursor' | 'clock_offset' | 'offline_since'>

export function createDevice({ db }: Store) {
  const read = prepare<Record<never, never>, DeviceTable>(db, (q) =>
    q.selectFrom('device').selectAll().where('id', '=', 1),
  )
  const insert = prepare<NewDevice, never>(db, (q, p) =>
    q.insertInto('device').values({
      id: 1,
      device_id: p('device_id'),
      token: p('token'),
      generation: p('generation'),
      slot: p('slot'),
      role_kind: p('role_kind'),
      role_id: p('role_id'),
      server_url: p('server_url'),
      server_fingerprint: p('server_fingerprint'),
      acked_seq: 0,
      cursor: 0,
      clock_offset: null,
      offline_since: null,
    }),
  )
  const setAcked = prepare<{ seq: number }, never>(db, (q, p) => q.updateTable('device').set({ acked_seq: p('seq') }))
  const setCursor = prepare<{ cursor: number }, never>(db, (q, p) =>
    q.updateTable('device').set({ cursor: p('cursor') }),
  )
  const setOffset = prepare<{ offset: number }, never>(db, (q, p) =>
    q.updateTable('device').set({ clock_offset: p('offset') }),
  )
  const setOffline = prepare<{ since: number | null }, never>(db, (q, p) =>
    q.updateTable('device').set({ offline_since: p('since') }),
  )
  const readConfig = prepare<Record<never, never>, { version: number; body: string }>(db, (q) =>
    q.selectFrom('config').select(['version', 'body']).where('id', '=', 1),
  )
  const writeConfig = prepare<{ version: number; body: string }, never>(db, (q, p) =>
    q.replaceInto('config').values({ id: 1, version: p('version'), body: p('body') }),
  )

  return {
    get: (): DeviceTable | null => read.get({}) ?? null,
    enrol: (device: NewDevice): void => void insert.run(device),
    setAcked: (seq: number): void => void setAcked.run({ seq }),
    setCursor: (cursor: number): void => void setCursor.run({ cursor }),
    setClockOffset: (offset: number): void => void setOffset.run({ offset }),
    setOfflineSince: (since: number | null): void => void setOffline.run({ since }),
    /** The configuration as JSON text, or null before the first contact. */
    config: (): { version: number; body: string } | null => readConfig.get({}) ?? null,
    putConfig: (version: number, body: string): void => void writeConfig.run({ version, body }),
  }
}
