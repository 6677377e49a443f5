/** The desk over Electron's preload: two functions, nothing else of the platform is in reach. */
import type { Pipe } from '#renderer/transport/pipe.ts'

declare global {
  interface Window {
    /** Put there by preload/; absent in a browser. */
    loket?: Pipe
  }
}

export function createElectronClient(bridge: Pipe): Pipe {
  return {
    invoke: (method, input) => bridge.invoke(method, input).catch(() => ({ ok: false, code: 'HOST_GONE' })),
    subscribe: (topic, onValue) => bridge.subscribe(topic, onValue),
  }
}
