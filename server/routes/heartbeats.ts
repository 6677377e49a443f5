import { HeartbeatReply, HeartbeatRequest } from '#contract/wire/hands.ts'
import { hearHeartbeat } from '#server/identity/heartbeat.ts'
import { linkedRoute } from '#server/routes/linked-route.ts'

export const heartbeats = linkedRoute({
  path: '/v1/heartbeats',
  summary: 'This counter is healthy: its hand may be recalled',
  body: HeartbeatRequest,
  reply: HeartbeatReply,
  async answer({ context, device }, beat) {
    await hearHeartbeat(context, device, beat)
    return { serverTime: context.now() }
  },
})
