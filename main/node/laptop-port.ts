/**
 * The port of the laptop's mall server: chosen once and remembered, because enrolled screens keep the server's address in
 * their stores.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onFirstFreePort } from '#main/node/free-port.ts'
import { type MallServer, PortInUse } from '#main/node/mall-server.ts'

/** Below the range from which systems take ports for outgoing connections. */
const FIRST_PORT = 4780

export async function startOnOwnPort(
  dataDir: string,
  start: (port: number) => Promise<MallServer>,
): Promise<MallServer> {
  const file = join(dataDir, 'server-port')
  const known = await readPort(file)
  if (known !== null) return startAgain(known, dataDir, start)
  return onFirstFreePort(FIRST_PORT, async (port) => {
    const server = await startUnlessInUse(port, start)
    if (server) await writeFile(file, `${port}\n`)
    return server
  })
}

async function startAgain(port: number, dataDir: string, start: (port: number) => Promise<MallServer>) {
  const server = await startUnlessInUse(port, start)
  if (server) return server
  throw new Error(
    `Port server mal ${port} sudah dipakai, mungkin oleh npm start lain yang masih berjalan: hentikan dulu yang itu. ` +
      `Untuk mulai dari awal, hapus folder ${dataDir}.`,
  )
}

async function startUnlessInUse(
  port: number,
  start: (port: number) => Promise<MallServer>,
): Promise<MallServer | null> {
  try {
    return await start(port)
  } catch (error) {
    if (error instanceof PortInUse) return null
    throw error
  }
}

/** Null the first time, and when somebody wrote something else into the file. */
async function readPort(file: string): Promise<number | null> {
  const port = Number(await readFile(file, 'utf8').catch(() => ''))
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null
}
