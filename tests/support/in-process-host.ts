/** A real host inside the test's process, spoken to through the contract with cloned messages. */
import pino from 'pino'
import type { DeskClient } from '#contract/desk-api.ts'
import { createDeskClient } from '#contract/desk-client.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { createHost, type Host, type HostSettings } from '#main/host/create-host.ts'
import { WITHHOLD_MS } from '#main/host/withhold.ts'

export type TestHost = {
  host: Host
  client: DeskClient
  /** The newest desk snapshot. */
  desk(): DeskSnapshot
  /** Resolves with the first snapshot for which `test` holds; rejects with what was seen last, later than a forward is withheld. */
  until(test: (snapshot: DeskSnapshot) => boolean, what?: string): Promise<DeskSnapshot>
  stop(): Promise<void>
}

export function startTestHost(settings: Omit<HostSettings, 'launchId' | 'log'> & { launchId?: string }): TestHost {
  const log = pino({ level: process.env.LOKET_TEST_LOG ?? 'silent' }, pino.destination(2))
  const host = createHost({ launchId: 'launch-1', log, ...settings })
  const client = clientOf(host)
  let newest: DeskSnapshot | null = null
  client.subscribe('desk', (snapshot) => {
    newest = snapshot
  })
  const desk = () => {
    if (!newest) throw new Error('no snapshot yet')
    return newest
  }
  return {
    host,
    client,
    desk,
    until: (test, what = 'the expected snapshot') =>
      waitFor(() => (newest && test(newest) ? newest : null), what, desk, WITHHOLD_MS + 5_000),
    stop: () => host.stop(),
  }
}

export function clientOf(host: Host): DeskClient {
  let receive: Parameters<Parameters<typeof createDeskClient>[0]['onMessage']>[0] = () => {}
  const screen = host.connect((message) => receive(structuredClone(message)))
  return createDeskClient({
    post: (message) => screen.receive(structuredClone(message)),
    onMessage: (handler) => {
      receive = handler
    },
  })
}

/** Polls until `look` gives something. */
export async function waitFor<T>(
  look: () => T | null,
  what: string,
  onTimeout?: () => unknown,
  ms = 5_000,
): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const found = look()
    if (found !== null) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${JSON.stringify(onTimeout?.())}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
