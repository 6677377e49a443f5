/**
 * One device's change stream (server-sent events). Catch-up and live are the same loop: read what comes after the cursor,
 * write it, wait for the bell. So nothing can fall between the two.
 */
import type { Writable } from 'node:stream'
import type { Change } from '#contract/wire.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { audiencesOf } from '#server/queue/audience.ts'
import { newestChange, readChanges } from '#server/queue/changes.ts'

const PAGE = 200
/** A peer that took nothing for so many heartbeats is gone, even when its connection still looks open. */
const STALLED_HEARTBEATS = 3

/** Ends when `out` closes. Throws only when the database fails. */
export async function streamChanges(
  context: MallContext,
  device: Device,
  lastEventId: number,
  out: Writable,
  heartbeatMs: number,
): Promise<void> {
  const audiences = audiencesOf(device, context)
  const listener = context.bell.listen(audiences)
  const stopHeartbeat = startHeartbeat(out, heartbeatMs)
  out.once('close', listener.wake)
  try {
    // A cursor from the future belongs to a server before its backup was restored: tell everything again.
    let cursor = lastEventId > (await newestChange(context.db, context.mallId)) ? 0 : lastEventId
    let caughtUp = false
    while (!isOver(out)) {
      // What it may not know any more it is not told: it says hello, and learns why.
      if (!(await isWelcome(context, device))) {
        out.end()
        break
      }
      const changes = await readChanges(context.db, audiences, cursor, PAGE)
      const last = changes.findIndex(({ body }) => isNewerConfig(body, context))
      const told = last === -1 ? changes : changes.slice(0, last + 1)
      // One write for all: whatever is written travels by itself, in a packet and a packed piece of its own.
      if (told.length > 0) await write(out, told.map(({ seq, body }) => `id: ${seq}\ndata: ${body}\n\n`).join(''))
      cursor = told.at(-1)?.seq ?? cursor
      if (last !== -1) out.end()
      if (changes.length === PAGE) continue
      if (!caughtUp) await write(out, caughtUpMessage(context.now()))
      caughtUp = true
      await listener.rung()
    }
  } finally {
    stopHeartbeat()
    listener.stop()
  }
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

/** Resolves when there is room again, or when the stream is closed. */
async function write(out: Writable, text: string): Promise<void> {
  if (isOver(out) || out.write(text)) return
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
