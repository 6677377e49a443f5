/** Set-up: turns a one-time code into this workstation's identity, and fetches the configuration. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { HostContext } from '#main/host/context.ts'

export async function enrol(
  context: HostContext,
  putConfig: (config: DeviceConfig) => void,
  { serverUrl, code, deviceName }: MethodInput<'setup.enrol'>,
) {
  const { repositories, store, mall } = context
  if (repositories.device.get()) return { ok: false, code: 'ALREADY_ENROLLED' } as const
  const url = new URL(serverUrl).origin
  const answer = await mall.enrol(url, code, deviceName)
  if (!answer.ok) return answer
  const { reply, config } = answer
  store.transaction(() => {
    repositories.device.enrol({
      device_id: reply.deviceId,
      token: reply.token,
      generation: reply.generation,
      slot: reply.slot,
      role_kind: reply.role.kind,
      role_id: reply.role.kind === 'counter' ? reply.role.counterId : reply.role.frontDeskId,
      server_url: url,
    })
    putConfig(config)
  })
  mall.start()
  context.changed()
  return { ok: true, data: {} } as const
}
