/** Takes away from every page what no screen of ours needs. */
import { app, type Session, type WebContents } from 'electron'
import { isOwnUrl, ORIGIN, SCHEME } from '#main/electron/origin.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

/** The rest of a data: URL is its content. */
const LOGGED_URL = 60

/** Before the app is ready. */
export function restrictPages(log: ShellLog): void {
  // Root on a test machine must say --no-sandbox; helper processes that are sandboxed all the same then die in a loop.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => restrictContents(contents, log))
}

function restrictContents(contents: WebContents, log: ShellLog): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.warn({ url }, 'page wanted to open a window')
    return { action: 'deny' }
  })
  const stayHome = (details: { url: string; preventDefault(): void }) => {
    if (isOwnUrl(details.url)) return
    details.preventDefault()
    log.warn({ url: details.url }, 'page wanted to leave')
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

export function restrictSession(session: Session, log: ShellLog): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn({ permission }, 'permission denied')
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = [`${SCHEME}:`, 'data:', 'blob:', 'devtools:'].some((scheme) => details.url.startsWith(scheme))
    if (!own) log.warn({ url: details.url }, 'remote content denied')
    answer({ cancel: !own })
  })
  // The one thing a page may hand out: a set-up that it holds itself. Electron asks the person where to put it.
  session.on('will-download', (event, item) => {
    const [url, name] = [item.getURL(), item.getFilename()]
    if (url.startsWith(`blob:${ORIGIN}/`) && name.endsWith('.json')) return
    event.preventDefault()
    log.warn({ url: url.slice(0, LOGGED_URL), name }, 'download denied')
  })
}
