/** The newest value of each topic. Every value replaces the one before: the screen has no second source of truth. */
import type { ShellInfo } from '#contract/messages.ts'
import type { Shortcuts } from '#contract/shortcuts.ts'
import type { Catalogue, DeskSnapshot } from '#contract/snapshot.ts'
import { createHostClock, type HostClock } from '#renderer/state/host-clock.ts'
import type { LoketClient } from '#renderer/transport/pipe.ts'

export type Live<T> = { get(): T | null; subscribe(onChange: () => void): () => void }

export type DeskStore = {
  client: LoketClient
  clock: HostClock
  desk: Live<DeskSnapshot>
  catalogue: Live<Catalogue>
  shell: Live<ShellInfo>
  /** Null also where no system can hand keys over. */
  shortcuts: Live<Shortcuts>
}

export function createDeskStore(client: LoketClient): DeskStore {
  const clock = createHostClock()
  return {
    client,
    clock,
    desk: createLive<DeskSnapshot>((onValue) =>
      client.subscribe('desk', (snapshot) => {
        clock.sync(snapshot.at)
        onValue(snapshot)
      }),
    ),
    catalogue: createLive<Catalogue>((onValue) => client.subscribe('catalogue', onValue)),
    shell: createLive<ShellInfo>((onValue) => client.subscribe('shell', onValue)),
    shortcuts: createLive<Shortcuts>((onValue) => client.subscribe('shortcuts', onValue)),
  }
}

function createLive<T>(start: (onValue: (value: T | null) => void) => void): Live<T> {
  const listeners = new Set<() => void>()
  let newest: T | null = null
  start((value) => {
    newest = value
    for (const listener of listeners) listener()
  })
  return {
    get: () => newest,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
