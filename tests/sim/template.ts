/** Prepared folders: a world begins with copies instead of migrations, so that thousands of seeds are affordable. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { prepareSimServer, type ServerIdentity } from '#tests/sim/prepare-server.ts'
import { configOf, PLACES, type Place } from '#tests/sim/sim-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

/** Memory-backed where there is such a place: opening a store costs a fraction there. */
export const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let template: Promise<string> | undefined

export async function prepareWorldFolder(folder: string): Promise<void> {
  template ??= makeTemplate()
  rmSync(folder, { recursive: true, force: true })
  cpSync(await template, folder, { recursive: true })
}

async function makeTemplate(): Promise<string> {
  const folder = join(BASE, `loket-sim-template-${process.pid}-${threadId}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const identity = await prepareSimServer(join(folder, 'server'))
  for (const place of PLACES) prepareDesk(join(folder, place.name), place, identity)
  return folder
}

/** As enrolment leaves it, before the first hello. */
function prepareDesk(folder: string, { role, slot, deviceId }: Place, { serverKey, tokenOf }: ServerIdentity): void {
  const store = openStore(folder)
  const repositories = createRepositories(store, sha256)
  const config = configOf(1)
  store.transaction(() => {
    repositories.device.enrol({
      device_id: deviceId,
      token: tokenOf(deviceId),
      generation: 1,
      slot,
      role_kind: role.kind,
      role_id: role.kind === 'counter' ? role.counterId : role.frontDeskId,
      server_url: 'http://127.0.0.1:9',
      server_key: serverKey,
      server_fingerprint: null,
    })
    repositories.device.putConfig(config.version, JSON.stringify(config))
  })
  store.close()
}
