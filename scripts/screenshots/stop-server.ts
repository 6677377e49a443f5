/** The mall server of the pictures does not answer for a while, as when the network is gone. Linux only. */
import { readdir, readFile } from 'node:fs/promises'

export async function stopServerFor(dataDir: string, work: () => Promise<void>): Promise<void> {
  const pid = await serverOf(dataDir)
  process.kill(pid, 'SIGSTOP')
  try {
    await work()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

async function serverOf(dataDir: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // Another program may end while it is looked at.
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('server/main.ts') && command.includes(dataDir)) return Number(name)
  }
  throw new Error('no server process found')
}
