/**
 * The bell of several servers on one PostgreSQL. Each hears every change, its own too, over a connection of its own:
 * PostgreSQL sends a notification exactly when the transaction that gave it is committed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { connectionSettings } from '#server/store/postgres-pool.ts'
import type { Trx } from '#server/store/schema.ts'
import { Bell } from '#server/stream/bell.ts'

const CHANNEL = 'loket_change'
/** PostgreSQL takes less than 8000 bytes. */
const PAYLOAD_BYTES = 7_900
/** A connection that only listens would never notice that the other side is gone. */
const HEARTBEAT_MS = 15_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

export class PostgresBell extends Bell {
  readonly #url: string
  readonly #closed = new AbortController()
  #client: Client | null = null

  static async connect(url: string): Promise<PostgresBell> {
    const bell = new PostgresBell(url)
    await bell.#connect()
    return bell
  }

  private constructor(url: string) {
    super()
    this.#url = url
  }

  override async announce(trx: Trx, audiences: ReadonlySet<string>): Promise<void> {
    for (const payload of payloadsOf(audiences)) await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(trx)
  }

  /** Nothing: what was announced comes back. So there is one way, and a commit whose answer was lost rings too. */
  override tell(): void {}

  override async close(): Promise<void> {
    this.#closed.abort()
    await this.#client?.end()
  }

  async #connect(): Promise<void> {
    const client = new Client({ ...connectionSettings(this.#url), query_timeout: HEARTBEAT_MS })
    // The end that follows says it too.
    client.on('error', () => {})
    client.on('notification', ({ payload = '[]' }) => super.ring(JSON.parse(payload)))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
    const lost = () => {
      clearInterval(heartbeat)
      client.off('end', lost)
      this.#client = null
      if (!this.#closed.signal.aborted) this.#reconnect()
    }
    const heartbeat = setInterval(() => {
      client.query('select 1').catch(() => {
        lost()
        client.end().catch(() => {})
      })
    }, HEARTBEAT_MS)
    client.on('end', lost)
    this.#client = client
    // Closed meanwhile: nobody else knows of this connection.
    if (this.#closed.signal.aborted) await client.end()
  }

  /** Nothing may be missed: what was told while nobody listened is in the database, so everybody reads again. */
  async #reconnect(): Promise<void> {
    const { signal } = this.#closed
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const connected = await this.#connect().then(
        () => true,
        () => false,
      )
      if (connected) return this.ringAll()
      await sleep(pause, undefined, { signal }).catch(() => {})
    }
  }
}

/** Audiences in JSON lists that each fit into a notification. */
function payloadsOf(audiences: ReadonlySet<string>): string[] {
  const payloads: string[] = []
  let list: string[] = []
  let bytes = 0
  for (const audience of audiences) {
    const size = Buffer.byteLength(JSON.stringify(audience)) + 1
    if (bytes + size > PAYLOAD_BYTES) {
      payloads.push(JSON.stringify(list))
      list = []
      bytes = 0
    }
    list.push(audience)
    bytes += size
  }
  if (list.length > 0) payloads.push(JSON.stringify(list))
  return payloads
}
