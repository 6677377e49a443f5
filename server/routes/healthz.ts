import { z } from 'zod'
import type { AddRoute } from '#server/routes/mall-app.ts'

const HealthReply = z.strictObject({ service: z.literal('loket-mall-server'), protocol: z.literal(1) })

/** For whoever watches the server: it runs, and it is a mall server. */
export const addHealthz: AddRoute = (app) => {
  app.get(
    '/healthz',
    { config: { open: true }, schema: { summary: 'Is this a mall server?', response: { 200: HealthReply } } },
    async () => ({ service: 'loket-mall-server', protocol: 1 }) as const,
  )
}
