/** A print server of its own in a folder, with one raw queue: bytes go on as they come. Nothing of the machine's CUPS is touched. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { run } from '#tests/wine/run.ts'

export type PrivateCups = {
  /** For programs that print: the environment variable CUPS_SERVER. */
  server: string
  stop(): Promise<void>
}

/** `device`: where the queue sends to, as CUPS writes it. */
export async function startPrivateCups(folder: string, queue: string, device: string): Promise<PrivateCups> {
  const at = (name: string) => join(folder, name)
  for (const name of ['root', 'spool', 'cache', 'state', 'tmp']) mkdirSync(at(name), { recursive: true })
  const server = at('cups.sock')
  writeFileSync(
    at('cups-files.conf'),
    [
      `ServerRoot ${at('root')}`,
      `RequestRoot ${at('spool')}`,
      `CacheDir ${at('cache')}`,
      `StateDir ${at('state')}`,
      `TempDir ${at('tmp')}`,
      `AccessLog ${at('access.log')}`,
      `ErrorLog ${at('error.log')}`,
      `PageLog ${at('page.log')}`,
    ].join('\n'),
  )
  writeFileSync(
    at('cupsd.conf'),
    `Listen ${server}\nBrowsing No\nDefaultAuthType None\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n` +
      '<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n',
  )
  const cupsd = spawn('cupsd', ['-f', '-c', at('cupsd.conf'), '-s', at('cups-files.conf')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  })
  const ended = new Promise<void>((resolve) => cupsd.once('close', () => resolve()))
  cupsd.once('error', () => {})
  for (let tries = 0; !existsSync(server); tries++) {
    if (tries === 100) throw new Error(`cupsd did not start: see ${at('error.log')}`)
    await delay(100)
  }
  const env = { CUPS_SERVER: server, PATH: `${process.env.PATH}:/usr/sbin` }
  await run('lpadmin', ['-p', queue, '-E', '-v', device], { folder, env, withinMs: 20_000 })
  await run('lpadmin', ['-d', queue], { folder, env, withinMs: 20_000 })
  return {
    server,
    async stop() {
      cupsd.kill('SIGTERM')
      await ended
    },
  }
}
