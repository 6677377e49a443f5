/** Picks the transport that this page has. */
import { withCommandRetry } from '#renderer/transport/command-retry.ts'
import { createElectronClient } from '#renderer/transport/electron-client.ts'
import type { LoketClient } from '#renderer/transport/pipe.ts'
import { createWebSocketClient } from '#renderer/transport/websocket-client.ts'

export function createClient(): LoketClient {
  const pipe = window.loket ? createElectronClient(window.loket) : createWebSocketClient(gatewayUrl(window.location))
  // The contract is the one place that knows the shapes; the host checks every input and output against it.
  return withCommandRetry(pipe) as LoketClient
}

function gatewayUrl(page: Location): string {
  const url = new URL('/ws', page.href)
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:'
  const screen = screenId(page)
  if (screen) url.searchParams.set('screen', screen)
  return url.href
}

/** Which of its screen's two views this page is. */
export function view(page: Location): 'desk' | 'bar' {
  return new URLSearchParams(page.search).get('view') === 'bar' ? 'bar' : 'desk'
}

/** Which of its shell's screens this page is; null means the first. */
export function screenId(page: Location): string | null {
  return new URLSearchParams(page.search).get('screen')
}
