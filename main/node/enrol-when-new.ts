/** Enrols a screen of the mall in one laptop, exactly as a technician would: with a one-time code, through the desk API. */
import type { Result } from '#contract/desk-api.ts'
import type { FromHost } from '#contract/messages.ts'
import { DeskSnapshot } from '#contract/snapshot.ts'
import type { HostConnection } from '#main/shell/host-clients.ts'
import type { HostSupervisor } from '#main/shell/host-supervisor.ts'
import { restartDelay } from '#main/shell/restart-delay.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

export type EnrolOptions = {
  host: HostSupervisor
  serverUrl: string
  deviceName: string
  createCode(): Promise<string>
  log: ShellLog
  /** Ends the attempts together with the laptop. */
  signal: AbortSignal
}

/** Resolves when the screen is enrolled, also when it was before. */
export async function enrolWhenNew(options: EnrolOptions): Promise<void> {
  const { host, log, signal, deviceName } = options
  const connection = host.connect()
  try {
    if (await isEnrolled(connection)) return
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const result = await enrol(connection, options)
      if (result.ok || result.code === 'ALREADY_ENROLLED') return
      log.warn({ deviceName, code: result.code, attempt }, 'laptop screen not enrolled yet')
      await new Promise((resolve) => setTimeout(resolve, restartDelay(attempt)))
    }
  } finally {
    connection.close()
  }
}

const DeviceOnly = DeskSnapshot.pick({ device: true })

function isEnrolled(connection: HostConnection): Promise<boolean> {
  return new Promise((resolve, reject) => {
    connection.onMessage((message) => {
      if (message.t !== 'push') return
      const snapshot = DeviceOnly.safeParse(message.value)
      if (snapshot.success) resolve(snapshot.data.device !== null)
      else reject(snapshot.error)
    })
    connection.post({ t: 'subscribe', id: 1, topic: 'desk' })
  })
}

async function enrol(connection: HostConnection, options: EnrolOptions): Promise<Result<unknown>> {
  try {
    const input = { serverUrl: options.serverUrl, code: await options.createCode(), deviceName: options.deviceName }
    return await new Promise((resolve) => {
      connection.onMessage((message: FromHost) => {
        if (message.t === 'result') resolve(message.result as Result<unknown>)
      })
      // The answer of one attempt always comes before the next one is made, so one id is enough.
      connection.post({ t: 'invoke', id: 2, method: 'setup.enrol', input })
    })
  } catch (error) {
    options.log.error({ err: error, deviceName: options.deviceName }, 'no enrolment code')
    return { ok: false, code: 'NO_CODE' }
  }
}
