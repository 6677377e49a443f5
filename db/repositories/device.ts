/** Who this workstation is to the mall server, how far both agree, and the configuration it received. */
import type { Store } from '#db/open.ts'
import type { DeviceTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'

type NewDevice = Pick<
  DeviceTable,
  | 'device_id'
  | 'token'
  | 'generation'
  | 'slot'
  | 'role_kind'
  | 'role_id'
  | 'server_url'
  | 'server_key'
  | 'server_fingerprint'
>
/** What changes after enrolment. */
type DeviceState = Omit<DeviceTable, 'id' | Exclude<keyof NewDevice, 'generation'>>
/** What mall time is reckoned from. */
export type TimeBasis = Pick<DeviceTable, 'clock_offset' | 'anchor_server' | 'anchor_mono' | 'anchor_boot'>

export function createDevice({ db }: Store) {
  const read = prepare<Record<never, never>, DeviceTable>(db, (q) =>
    q.selectFrom('device').selectAll().where('id', '=', 1),
  )
  const readTime = prepare<Record<never, never>, TimeBasis>(db, (q) =>
    q.selectFrom('device').select(['clock_offset', 'anchor_server', 'anchor_mono', 'anchor_boot']).where('id', '=', 1),
  )
  const readDoubt = prepare<Record<never, never>, { in_doubt: number }>(db, (q) =>
    q.selectFrom('device').select('in_doubt').where('id', '=', 1),
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
      server_key: p('server_key'),
      server_fingerprint: p('server_fingerprint'),
      acked_seq: 0,
      cursor: 0,
      incarnation: 0,
      in_doubt: 0,
    }),
  )
  const update = prepare<DeviceState, never>(db, (q, p) =>
    q.updateTable('device').set({
      generation: p('generation'),
      acked_seq: p('acked_seq'),
      cursor: p('cursor'),
      clock_offset: p('clock_offset'),
      offline_since: p('offline_since'),
      nonce: p('nonce'),
      incarnation: p('incarnation'),
      asserting: p('asserting'),
      signed_generation: p('signed_generation'),
      signed_seq: p('signed_seq'),
      signed_hash: p('signed_hash'),
      signature: p('signature'),
      in_doubt: p('in_doubt'),
      anchor_server: p('anchor_server'),
      anchor_mono: p('anchor_mono'),
      anchor_boot: p('anchor_boot'),
    }),
  )
  const readConfig = prepare<Record<never, never>, { version: number; body: string }>(db, (q) =>
    q.selectFrom('config').select(['version', 'body']).where('id', '=', 1),
  )
  const writeConfig = prepare<{ version: number; body: string }, never>(db, (q, p) =>
    q.replaceInto('config').values({ id: 1, version: p('version'), body: p('body') }),
  )

  return {
    get: (): DeviceTable | null => read.get({}) ?? null,
    isInDoubt: (): boolean => readDoubt.get({})?.in_doubt === 1,
    timeBasis: (): TimeBasis | null => readTime.get({}) ?? null,
    enrol: (device: NewDevice): void => void insert.run(device),
    /** Changes some fields of an enrolled device and keeps the rest. */
    set(change: Partial<DeviceState>): void {
      const before = read.get({})
      if (!before) throw new Error('this workstation is not enrolled')
      update.run({ ...before, ...change })
    },
    /** The configuration as JSON text, or null before the first contact. */
    config: (): { version: number; body: string } | null => readConfig.get({}) ?? null,
    putConfig: (version: number, body: string): void => void writeConfig.run({ version, body }),
  }
}
