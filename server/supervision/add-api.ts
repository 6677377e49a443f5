/** What the supervisor's page asks for. Every request shows the token of the sign-in; nothing is kept in a cookie. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ConfigId, Uuid } from '#contract/events.ts'
import { mallContextOf } from '#server/config/mall-context.ts'
import { allMalls } from '#server/config/malls.ts'
import type { MallContext, ServerContext } from '#server/context.ts'
import type { AddRoute } from '#server/routes/mall-app.ts'
import { readOverview } from '#server/supervision/overview.ts'
import { findSupervisor, signIn } from '#server/supervision/sign-in.ts'
import { dismiss, readmit, reclaim, revoke } from '#server/supervision/supervise.ts'
import { newSupervisorToken, readSupervisorToken } from '#server/supervision/supervisor-token.ts'
import { WireFailure } from '#server/wire-failure.ts'

const ACTS = { reclaim, dismiss, readmit, revoke } as const

const Login = z.strictObject({ mallId: ConfigId, code: z.string().min(1).max(40), pin: z.string().min(1).max(20) })
const Target = z.strictObject({ deviceId: Uuid, act: z.enum(['reclaim', 'dismiss', 'readmit', 'revoke']) })

export const addSupervisorApi: AddRoute = (app, context) => {
  const open = { config: { open: true } }
  app.get('/penyelia/api/malls', { ...open, schema: { hide: true } }, async () => {
    const malls = await allMalls(context.db)
    return { malls: malls.map(({ mallId, mall }) => ({ id: mallId, name: mall.config.mall.name })) }
  })
  app.post('/penyelia/api/login', { ...open, schema: { hide: true, body: Login } }, async ({ body }) => {
    const here = await mallContextOf(context, body.mallId)
    if (!here) throw new WireFailure('NOT_FOUND', 'there is no such mall')
    const officer = await signIn(here, body.code, body.pin)
    const { name: mallName, timeZone } = here.mall.config.mall
    const token = newSupervisorToken(context.signingKey, body.mallId, officer.id, context.now())
    return { token, name: officer.name, mallName, timeZone }
  })
  app.get('/penyelia/api/overview', { ...open, schema: { hide: true } }, async (request) => {
    const { here } = await supervisorOf(context, request)
    return readOverview(here)
  })
  app.post(
    '/penyelia/api/devices/:deviceId/:act',
    { ...open, schema: { hide: true, params: Target, body: z.strictObject({}) } },
    async (request) => {
      const { here, officerId } = await supervisorOf(context, request)
      const { deviceId, act } = request.params
      await ACTS[act](here, deviceId, { officerId })
      return {}
    },
  )
}

async function supervisorOf(
  context: ServerContext,
  request: FastifyRequest,
): Promise<{ here: MallContext; officerId: string }> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const session = token ? readSupervisorToken(context.signingKey, token, context.now()) : null
  if (!session) throw new WireFailure('UNAUTHORISED', 'sign in first')
  const here = await mallContextOf(context, session.mallId)
  if (!here || !findSupervisor(here, session.officerId)) throw new WireFailure('UNAUTHORISED', 'no longer a supervisor')
  return { here, officerId: session.officerId }
}
