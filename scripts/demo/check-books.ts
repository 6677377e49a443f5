/** After the visit: every chain verifies, and the stores and the server agree on what happened. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { verifyStore } from '#db/verify.ts'

const sha256 = (text: string): string => hash('sha256', text)

export type Books = {
  events: { written: number; acked: number }
  chains: { device: string; ok: boolean; head: string }[]
  server: { events: number; visits: number; entries: number }
}

/** Reads the closed stores of the desks and the server's database. */
export function checkBooks(deskFolders: readonly string[], serverFolder: string): Books {
  const mall = new Database(join(serverFolder, 'mall.db'), { readonly: true })
  const serverHead = mall.prepare<[string], { seq: number; hash: string }>(
    'SELECT seq, hash FROM event WHERE device_id = ? ORDER BY seq DESC LIMIT 1',
  )
  const countOf = mall.prepare<[string], number>('SELECT count(*) FROM event WHERE device_id = ?').pluck()
  const count = (table: string) => mall.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  try {
    const events = { written: 0, acked: 0 }
    const chains = deskFolders.map((folder) => {
      const store = openStore(folder)
      try {
        const repositories = createRepositories(store, sha256)
        const verdict = verifyStore(store, repositories, sha256)
        const device = repositories.device.get()
        events.written += verdict.events
        events.acked += device?.acked_seq ?? 0
        const held = serverHead.get(device?.device_id ?? '')
        const agrees = held?.seq === verdict.events && held.hash === verdict.head
        return { device: device?.device_id ?? '', ok: verdict.ok && agrees, head: verdict.head }
      } finally {
        store.close()
      }
    })
    // The server writes a chain of its own, too.
    const received = chains.reduce((sum, { device }) => sum + (countOf.get(device) ?? 0), 0)
    return { events, chains, server: { events: received, visits: count('visit'), entries: count('entry') } }
  } finally {
    mall.close()
  }
}
