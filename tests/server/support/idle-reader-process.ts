/** Reads a push until its thread is there, says so, and has nothing more to do. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createPushReader } from '#server/push/reading/push-reader.ts'

const { read } = createPushReader({ error: console.error })
const raw = { bytes: Buffer.from(process.argv[2] ?? ''), isPacked: false }
// In the place of the connection of whoever waits.
const connection = setInterval(() => {}, 1_000)
for (let isThere = false; !isThere; await sleep(20)) {
  const { events } = await read('one', raw)
  const body = events[0]?.body
  isThere = body?.kind === 'event' && Object.keys(body.event)[0] === 'at'
}
process.stdout.write('there\n')
clearInterval(connection)
