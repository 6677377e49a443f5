import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { LAUNCH_ID, openFeeder, prepareStore } from '#tests/support/prepared-store.ts'
import Database from 'better-sqlite3'
const folder = mkdtempSync('/dev/shm/loket-prof-')
prepareStore(folder)
const host = startTestHost({ dataDir: folder, launchId: LAUNCH_ID })
const feeder = openFeeder(folder)
const t: number[] = []
for (let n = 0; n < 4000; n++) {
  feeder.beforeVisit(n)
  const s = process.hrtime.bigint()
  const c = await host.client.invoke('queue.callNext', { commandId: randomUUID() })
  t.push(Number(process.hrtime.bigint() - s) / 1e3)
  if (!c.ok) throw new Error(c.code)
  const { visitId, entryNo } = c.data
  await host.client.invoke('queue.noShow', { commandId: randomUUID(), visitId, entryNo })
}
t.sort((a, b) => a - b)
console.log('p10', t[400], 'p50', t[2000], 'p90', t[3600])
await host.stop()
process.exit(0)
