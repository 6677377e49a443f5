/** A gateway on a free port with one screen, "desk", behind which the echo host lives; and a browser that is no browser. */
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { createDeskClient } from '#contract/desk-client.ts'
import type { FromHost } from '#contract/messages.ts'
import { startGateway } from '#main/node/gateway.ts'
import { NONCE_PLACEHOLDER } from '#main/shell/content-policy.ts'
import { createEchoScreen, type Pipe } from '#tests/shell/fakes/echo-screen.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

export async function startTestGateway() {
  const { screen, log } = createEchoScreen()
  const folder = tempFolder()
  const rendererDir = join(folder, 'renderer')
  await mkdir(join(rendererDir, 'assets'), { recursive: true })
  await writeFile(join(rendererDir, 'index.html'), `<meta nonce="${NONCE_PLACEHOLDER}"><p>meja</p>`)
  await writeFile(join(rendererDir, 'assets/app.js'), 'export {}')
  await writeFile(join(rendererDir, 'notes.txt'), 'a kind that is not served')
  await writeFile(join(folder, 'secret.js'), 'outside')
  let strangers = 0
  const gateway = await startGateway({
    rendererDir,
    port: 0,
    firstScreenId: 'desk',
    findScreen: (id) => (id === 'desk' ? screen : undefined),
    openScreen: async () => ({ ok: false, code: 'NOT_A_LAPTOP' }),
    onStranger: () => (strangers += 1),
    log,
  })
  onTestFinished(() => gateway.close())
  const authority = `127.0.0.1:${gateway.port}`
  const origin = `http://${authority}`

  /** The path is sent as it is written; fetch would tidy it up first. */
  function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: gateway.port, path, method, headers }, (response) => {
        let body = ''
        response.on('data', (chunk) => (body += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      })
      sent.on('error', reject).end()
    })
  }

  async function signIn(): Promise<string> {
    const { headers } = await get(gateway.url().slice(origin.length))
    return String(headers['set-cookie']).split(';', 1)[0] ?? ''
  }

  /** Resolves with the socket, or with the status of the refusal. */
  function openSocket(headers: Record<string, string>, path = '/ws?screen=desk'): Promise<WebSocket | number> {
    return new Promise((resolve, reject) => {
      const ws = new WebSocket(`ws://${authority}${path}`, { headers })
      ws.once('open', () => resolve(ws))
      ws.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      ws.once('error', reject)
    })
  }

  async function connect(): Promise<WebSocket> {
    const ws = await openSocket({ origin, cookie: await signIn() })
    if (typeof ws === 'number') throw new Error(`refused with ${ws}`)
    return ws
  }

  return { gateway, screen, log, origin, authority, get, signIn, openSocket, connect, strangers: () => strangers }
}

export function pipeOver(ws: WebSocket): Pipe {
  const client = createDeskClient({
    post: (message) => ws.send(JSON.stringify(message)),
    onMessage: (handler) => ws.on('message', (data) => handler(JSON.parse(String(data)) as FromHost)),
  })
  return client as Pipe
}
