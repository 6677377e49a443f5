/**
 * One device's change stream (server-sent events). Catch-up and live are the same loop: read what comes after the cursor,
 * write it, wait for the bell. So nothing can fall between the two. What this process has just committed is read from memory
 * as long as nothing is missing before it, everything else from the database.
 */
import type { Writable } from 'node:stream'
import type { Change } from '#contract/wire/changes.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { audiencesOf } from '#server/queue/audience.ts'
import { newestChange, readChanges, type StoredChange } from '#server/queue/changes.ts'
import type { Ring } from '#server/stream/bell.ts'
import { packPage } from '#server/stream/pack-page.ts'

const PAGE = 200
/** A peer that took nothing for so many heartbeats is gone, even when its connection still looks open. */
const STALLED_HEARTBEATS = 3

export type StreamOptions = {
  /** The cursor behind which it goes on. */
  after: number
  heartbeatMs: number
  /** Long pages come packed (pack-page.ts). */
  isPacked: boolean
}

/** Ends when `out` closes. Throws only when the database fails. */
export async function streamChanges(
  context: MallContext,
  device: Device,
  out: Writable,
  { after, heartbeatMs, isPacked }: StreamOptions,
): Promise<void> {
  const audiences = audiencesOf(device, context)
  const mine = new Set(audiences)
  let cursor = after
  const tell = (changes: readonly StoredChange[]) => writeChanges(context, out, changes, isPacked)
  const listener = context.bell.listen(audiences, {
    // Only who waits is asked, so everything before is told. The others hear of a commit before the answer to it is written.
    takeNow() {
      const recent = isOver(out) || out.writableNeedDrain ? null : readRecent(context, mine, cursor)
      if (!recent) return false
      cursor = recent.upTo
      tell(recent.changes)
      return !isOver(out)
    },
  })
  const stopHeartbeat = startHeartbeat(out, heartbeatMs)
  out.once('close', listener.wake)
  try {
    // A cursor from the future belongs to a server before its backup was restored: tell everything again.
    if (cursor > (await newestChange(context.db, context.mallId))) cursor = 0
    let caughtUp = false
    let ring: Ring = 'look'
    while (!isOver(out)) {
      const recent: Page | null = ring === 'told' ? readRecent(context, mine, cursor) : null
      // What it may not know any more it is not told: it says hello, and learns why. Whoever changes that rings for a look.
      if (!recent && !(await isWelcome(context, device))) {
        out.end()
        break
      }
      const page = recent ?? (await readPage(context, audiences, cursor))
      cursor = page.upTo
      tell(page.changes)
      await hasRoom(out)
      if (!page.isLast) continue
      if (!caughtUp) write(out, caughtUpMessage(context.now()))
      caughtUp = true
      ring = await listener.rung()
    }
  } finally {
    stopHeartbeat()
    listener.stop()
  }
}

/** `upTo`: whatever was committed up to there and is for this device is in it or was in one before. */
type Page = { changes: readonly StoredChange[]; upTo: number; isLast: boolean }

function readRecent({ bell, mallId }: MallContext, audiences: ReadonlySet<string>, cursor: number): Page | null {
  const all = bell.recent.after(mallId, cursor)
  if (!all) return null
  const changes = all.filter(({ audience }) => audiences.has(audience))
  return { changes, upTo: all.at(-1)?.seq ?? cursor, isLast: true }
}

async function readPage({ db, mallId }: MallContext, audiences: readonly string[], cursor: number): Promise<Page> {
  // Asked before: numbers become visible in their order, so up to here the second query sees them all.
  const newest = await newestChange(db, mallId)
  const changes = await readChanges(db, mallId, audiences, cursor, PAGE)
  const read = changes.at(-1)?.seq ?? cursor
  if (changes.length === PAGE) return { changes, upTo: read, isLast: false }
  return { changes, upTo: Math.max(read, newest), isLast: true }
}

/** All in one write, which is one packet; a configuration that is new to this stream ends it. */
function writeChanges(context: MallContext, out: Writable, changes: readonly StoredChange[], isPacked: boolean): void {
  if (changes.length === 0) return
  const newer = changes.findIndex(({ body }) => isNewerConfig(body, context))
  const told = newer === -1 ? changes : changes.slice(0, newer + 1)
  const page = told.map(({ seq, body }) => `id: ${seq}\ndata: ${body}\n\n`).join('')
  write(out, isPacked ? packPage(page) : page)
  if (newer !== -1) out.end()
}

/** Not of another incarnation of the server, not in doubt, not revoked since the stream began. */
async function isWelcome({ db }: MallContext, { id }: Device): Promise<boolean> {
  const now = await db
    .selectFrom('device')
    .innerJoin('server_state', 'server_state.incarnation', 'device.incarnation')
    .select('device.id')
    .where('device.id', '=', id)
    .where('device.doubt_at', 'is', null)
    .where('device.revoked_at', 'is', null)
    .executeTakeFirst()
  return now !== undefined
}

function caughtUpMessage(serverTime: number): string {
  const change: Change = { kind: 'caught_up', serverTime }
  return `data: ${JSON.stringify(change)}\n\n`
}

/** Another configuration may mean other audiences: the device comes again with its cursor and gets those. */
function isNewerConfig(body: string, { mall }: MallContext): boolean {
  if (!body.startsWith('{"kind":"config"')) return false
  const change = JSON.parse(body) as Change
  return change.kind === 'config' && change.version > mall.config.version
}

/** Ended counts: between the end and the close a write would be an error that nobody awaits. */
function isOver(out: Writable): boolean {
  return out.destroyed || out.writableEnded
}

function write(out: Writable, text: string): void {
  if (!isOver(out)) out.write(text)
}

/** Resolves when there is room, or when the stream is closed. */
async function hasRoom(out: Writable): Promise<void> {
  if (isOver(out) || !out.writableNeedDrain) return
  await new Promise<void>((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done)
      resolve()
    }
    out.on('drain', done).on('close', done)
  })
}

function startHeartbeat(out: Writable, everyMs: number): () => void {
  let stalled = 0
  const timer = setInterval(() => {
    stalled = out.writableNeedDrain ? stalled + 1 : 0
    if (stalled >= STALLED_HEARTBEATS) out.destroy()
    else if (stalled === 0 && !isOver(out)) out.write(': heartbeat\n\n')
  }, everyMs)
  return () => clearInterval(timer)
}
