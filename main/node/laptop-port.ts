/** The port of the laptop's mall server: chosen once, because enrolled screens keep the server's address in their store. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '#main/node/free-port.ts'

/** Below the range from which systems take ports for outgoing connections. */
const FIRST_PORT = 4780

export async function claimLaptopPort(dataDir: string): Promise<number> {
  const file = join(dataDir, 'server-port')
  const known = Number(await readFile(file, 'utf8').catch(() => ''))
  if (Number.isInteger(known) && known > 0 && known < 65_536) return known
  const port = await freePort(FIRST_PORT)
  await writeFile(file, `${port}\n`)
  return port
}
