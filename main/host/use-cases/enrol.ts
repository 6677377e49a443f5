/** Set-up: turns a one-time code into this workstation's identity, and fetches the configuration. */
import type { z } from 'zod'
import type { METHODS } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

type Input = z.output<(typeof METHODS)['setup.enrol']['input']>

/** What is certain before the server is asked. */
export function refusalToEnrol({ repositories }: HostContext, { serverUrl, code }: Input) {
  if (repositories.device.get()) return 'ALREADY_ENROLLED'
  const { protocol, hostname } = new URL(serverUrl)
  // The code and the token it buys must not cross a network in clear.
  if (protocol === 'http:' && !LOOPBACK.has(hostname)) return 'HTTPS_NEEDED'
  // Anybody can answer with some certificate: the code must say which one may have its secret.
  return protocol === 'https:' && !code.fingerprintPrefix ? 'FINGERPRINT_NEEDED' : null
}

export async function enrol(context: HostContext, input: Input) {
  const { repositories, store, mall, identity } = context
  const refusal = refusalToEnrol(context, input)
  if (refusal) return { ok: false, code: refusal } as const
  const { serverUrl, code, deviceName } = input
  const url = new URL(serverUrl).origin
  const answer = await mall.enrol(url, code, deviceName)
  if (!answer.ok) return answer
  const { reply, fingerprint } = answer
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
      server_fingerprint: fingerprint,
    })
  })
  // The code is used up and the identity kept; whatever happens now, the configuration can be fetched again.
  await mall.start()
  context.changed()
  return { ok: true, data: {} } as const
}
