/** The supervisor's page: four files, read once. The policy allows nothing but themselves, so text can never become code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddRoute } from '#server/routes/mall-app.ts'

const FOLDER = join(import.meta.dirname, 'page')

const FILES = [
  { url: '/penyelia', file: 'penyelia.html', type: 'text/html; charset=utf-8' },
  { url: '/penyelia/penyelia.css', file: 'penyelia.css', type: 'text/css; charset=utf-8' },
  { url: '/penyelia/penyelia.js', file: 'penyelia.js', type: 'text/javascript; charset=utf-8' },
  { url: '/penyelia/texts.js', file: 'texts.js', type: 'text/javascript; charset=utf-8' },
] as const

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

export const addSupervisorPage: AddRoute = (app) => {
  for (const { url, file, type } of FILES) {
    const content = readFileSync(join(FOLDER, file))
    app.get(url, { config: { open: true }, schema: { hide: true } }, async (_request, reply) =>
      reply.headers(HEADERS).type(type).serializer(identity).send(content),
    )
  }
}

const identity = (content: unknown) => content as string
