/** A small client of the contract inside a page of the gateway, for everything around what is measured. */
import type { Page } from 'playwright-core'

type Answer = { ok: boolean; data: Record<string, string>; code?: string }
type Caller = { call(screen: string, method: string, input: unknown): Promise<Answer> }

export async function installCaller(page: Page): Promise<void> {
  await page.evaluate(() => {
    let lastId = 0
    const lines = new Map<string, Promise<WebSocket>>()
    const open = (screen: string) =>
      new Promise<WebSocket>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/ws?screen=${screen}`)
        socket.onopen = () => resolve(socket)
      })
    const call = async (screen: string, method: string, input: unknown) => {
      const line = lines.get(screen) ?? open(screen)
      lines.set(screen, line)
      const socket = await line
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        const listen = ({ data }: MessageEvent<string>) => {
          const message = JSON.parse(data)
          if (message.t !== 'result' || message.id !== id) return
          socket.removeEventListener('message', listen)
          resolve(message.result)
        }
        socket.addEventListener('message', listen)
        socket.send(JSON.stringify({ t: 'invoke', id, method, input }))
      })
    }
    Object.assign(window, { call })
  })
}

export async function call(page: Page, screen: string, method: string, input: object): Promise<Answer['data']> {
  const { ok, data, code } = await page.evaluate(
    ([screenId, name, value]) => (window as unknown as Caller).call(screenId, name, value),
    [screen, method, input] as const,
  )
  if (!ok) throw new Error(`${method} on ${screen}: ${code}`)
  return data
}
