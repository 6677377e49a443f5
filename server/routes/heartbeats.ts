import { HeartbeatReply, HeartbeatRequest } from '#contract/wire/hands.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { hearHeartbeat } from '#server/identity/heartbeat.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addHeartbeats: AddRoute = (app, { now }) => {
  app.post(
    '/v1/heartbeats',
    {
      schema: {
        summary: 'This counter is healthy: its hand may be recalled',
        body: HeartbeatRequest,
        response: { 200: HeartbeatReply, ...ERRORS },
      },
    },
    async (request) => {
      await hearHeartbeat(contextOf(request), deviceOf(request), request.body)
      return { serverTime: now() }
    },
  )
}
