/** app://loket/: the built renderer's folder and nothing else. */
import { protocol } from 'electron'
import { ORIGIN, SCHEME } from '#main/electron/origin.ts'
import { contentSecurityPolicy, createNonce, PLAIN_HEADERS } from '#main/shell/content-policy.ts'
import { readRendererFile } from '#main/shell/renderer-files.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function serveRenderer(folder: string, log: ShellLog): void {
  protocol.handle(SCHEME, async (request) => {
    try {
      return await respond(folder, request)
    } catch (error) {
      log.error({ err: error, url: request.url }, 'app:// request failed')
      return plain(500, 'Tampilan tidak dapat dibaca. Lihat log.')
    }
  })
}

async function respond(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET') return plain(405, 'Hanya GET.')
  if (!request.url.startsWith(`${ORIGIN}/`)) return plain(404, 'Tidak ada.')
  const nonce = createNonce()
  const file = await readRendererFile(folder, new URL(request.url).pathname, nonce)
  if (!file) return plain(404, 'Tidak ada.')
  return new Response(new Uint8Array(file.body), {
    headers: {
      ...PLAIN_HEADERS,
      'Content-Type': file.contentType,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
    },
  })
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...PLAIN_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } })
}
