/** Set-up: turns a one-time code into this workstation's identity, and fetches the configuration. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

export async function enrol(context: HostContext, { serverUrl, code, deviceName }: MethodInput<'setup.enrol'>) {
  const { repositories, store, mall, identity } = context
  if (repositories.device.get()) return { ok: false, code: 'ALREADY_ENROLLED' } as const
  const { origin: url, protocol, hostname } = new URL(serverUrl)
  // The code and the token it buys must not cross a network in clear.
  if (protocol === 'http:' && !LOOPBACK.has(hostname)) return { ok: false, code: 'HTTPS_NEEDED' } as const
  const answer = await mall.enrol(url, code, deviceName)
  if (!answer.ok) return answer
  const { reply } = answer
  identity.begin()
  store.transaction(() => {
    repositories.device.enrol({
      device_id: reply.deviceId,
      token: reply.token,
      generation: reply.generation,
      slot: reply.slot,
      role_kind: reply.role.kind,
      role_id: reply.role.kind === 'counter' ? reply.role.counterId : reply.role.frontDeskId,
      server_url: url,
      server_key: reply.serverKey,
      server_fingerprint: null,
    })
  })
  // The code is used up and the identity kept; whatever happens now, the configuration can be fetched again.
  await mall.start()
  context.changed()
  return { ok: true, data: {} } as const
}
