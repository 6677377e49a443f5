import { z } from 'zod'
import type { AddRoute } from '#server/routes/mall-app.ts'

const HealthReply = z.strictObject({ service: z.literal('loket-mall-server'), protocol: z.literal(1) })

/** Tells a workstation that this address is a mall server, before it hands over an enrolment code. */
export const addHealthz: AddRoute = (app) => {
  app.get(
    '/healthz',
    { config: { open: true }, schema: { summary: 'Is this a mall server?', response: { 200: HealthReply } } },
    async () => ({ service: 'loket-mall-server', protocol: 1 }) as const,
  )
}
