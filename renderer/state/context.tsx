/** Hooks by which components read the store. */
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ShellInfo } from '#contract/messages.ts'
import type { Shortcuts } from '#contract/shortcuts.ts'
import type { Catalogue, DeskSnapshot, PanelSnapshot } from '#contract/snapshot.ts'
import type { DeskStore, Live } from '#renderer/state/desk-store.ts'
import type { HostClock } from '#renderer/state/host-clock.ts'
import type { LoketClient } from '#renderer/transport/pipe.ts'

const StoreContext = createContext<DeskStore | null>(null)

export function StoreProvider({ store, children }: { store: DeskStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>
}

function useStore(): DeskStore {
  const store = useContext(StoreContext)
  if (!store) throw new Error('StoreProvider is missing')
  return store
}

function useLive<T>(live: Live<T>): T | null {
  return useSyncExternalStore(live.subscribe, live.get)
}

/** For an answer that is reckoned when a button is pressed; what is shown by time uses useClock. */
export const useHostClock = (): HostClock => useStore().clock
export const useClient = (): LoketClient => useStore().client
export const useSnapshot = (): DeskSnapshot | null => useLive(useStore().desk)
export const useCatalogue = (): Catalogue | null => useLive(useStore().catalogue)
export const useShell = (): ShellInfo | null => useLive(useStore().shell)
/** Null where no system can hand keys over: in a browser. */
export const useShortcutSettings = (): Shortcuts | null => useLive(useStore().shortcuts)

/**
 * A value derived from the host's clock. The component renders again only when the derived value changes, so return a
 * primitive as coarse as what is shown (a whole second, a whole minute).
 */
export function useClock<T extends string | number | boolean>(select: (now: number) => T): T {
  const { clock } = useStore()
  return useSyncExternalStore(clock.subscribe, () => select(clock.now()))
}

/** The device panel, subscribed only while somebody looks at it. */
export function usePanel(): PanelSnapshot | null {
  const client = useClient()
  const [panel, setPanel] = useState<PanelSnapshot | null>(null)
  useEffect(() => client.subscribe('panel', setPanel), [client])
  return panel
}
