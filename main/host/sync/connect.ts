/** One connection to the mall server, from hello until it breaks: introduction, configuration, keys, heartbeats, changes. */
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import type { CoreContext } from '#main/host/context.ts'
import { type ChangesReader, readChanges } from '#main/host/sync/changes-stream.ts'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { assertRequest, takeAssert } from '#main/host/sync/steps/assertion.ts'
import { beforeContact, keepsHandClosed } from '#main/host/sync/steps/before-contact.ts'
import { helloRequest, takeHello } from '#main/host/sync/steps/hello.ts'
import { takeServerTime } from '#main/host/sync/steps/take-server-time.ts'

export type Connection = {
  /** Ends the connection for this reason; the next one begins with hello. */
  break(error: MallError): void
}

type ConnectionPorts = ChangesReader & {
  context: CoreContext
  client: MallClient
  stopped: AbortSignal
  /** After the introduction, before the changes. */
  onIntroduced(connection: Connection): Promise<void>
  /** A heartbeat was answered. */
  onBeat(): void
}

/** Ends only by throwing: MallError, or what the store says. */
export async function runConnection(ports: ConnectionPorts): Promise<never> {
  const { context, client, stopped } = ports
  await introduce(context, client)
  const abort = new AbortController()
  let broken: MallError | null = null
  const connection: Connection = {
    break(error) {
      broken ??= error
      abort.abort(error)
    },
  }
  const onStop = () => abort.abort()
  stopped.addEventListener('abort', onStop, { once: true })
  const beats = beat(ports, connection)
  try {
    await ports.onIntroduced(connection)
    const cursor = context.repositories.device.get()?.cursor ?? 0
    // Before the stream is open: nothing may happen to it while nobody reads.
    const { decodeMessage } = await import('#main/host/sync/decode-message.ts')
    return await readChanges(await client.changes(cursor, abort.signal), decodeMessage, abort, ports)
  } catch (error) {
    throw broken ?? error
  } finally {
    clearInterval(beats)
    stopped.removeEventListener('abort', onStop)
    abort.abort()
    client.leaveLink()
  }
}

async function introduce(context: CoreContext, client: MallClient): Promise<void> {
  // Until the server is there, an officer may open the counter again and keep the hand.
  if (keepsHandClosed(context)) await client.isThere()
  beforeContact(context)
  const { assert } = takeHello(context, await client.hello(helloRequest(context)))
  if (context.identity.inDoubt()) throw new MallError('CHAIN_FORK', 'the server has another log of this device')
  if (!assert) return
  const { accepted } = await client.assert(assertRequest(context))
  if (!accepted) throw new MallError('HELLO_NEEDED', 'the assertion was not accepted')
  takeAssert(context)
}

/** Tells the server that this counter is healthy; what it refuses ends the connection, what is lost is sent again. */
function beat({ context, client, onBeat }: ConnectionPorts, connection: Connection): NodeJS.Timeout {
  const once = async () => {
    const { repositories, clock } = context
    const sentAt = clock.mono()
    try {
      const incarnation = repositories.device.get()?.incarnation ?? 1
      const { counter, open } = repositories.desk.get()
      const { serverTime } = await client.heartbeat(incarnation, open && counter ? counter.epoch : null)
      takeServerTime(context, serverTime, clock.mono() - sentAt)
      onBeat()
    } catch (error) {
      if (error instanceof MallError && error.code !== 'UNREACHABLE') connection.break(error)
      else context.log.info({ err: error }, 'a heartbeat was lost')
    }
  }
  void once()
  return setInterval(() => void once(), HEARTBEAT_MS)
}
