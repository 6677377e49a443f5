/** Enrols a screen of the mall in one laptop, exactly as a technician would: with a one-time code, through the desk API. */
import type { DeskClient } from '#contract/desk-api.ts'
import { createDeskClient } from '#contract/desk-client.ts'
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
  const client = createDeskClient(connection)
  try {
    if (await isEnrolled(client)) return
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const code = await tryToEnrol(client, options)
      if (code === null) return
      log.warn({ deviceName, code, attempt }, 'laptop screen not enrolled yet')
      await new Promise((resolve) => setTimeout(resolve, restartDelay(attempt)))
    }
  } finally {
    connection.close()
  }
}

function isEnrolled(client: DeskClient): Promise<boolean> {
  return new Promise((resolve) => {
    client.subscribe('desk', (snapshot) => resolve(snapshot.device !== null))
  })
}

/** Null when it is enrolled, else the code that says why not. */
async function tryToEnrol(client: DeskClient, options: EnrolOptions): Promise<string | null> {
  const { serverUrl, deviceName, log } = options
  try {
    const result = await client.invoke('setup.enrol', { serverUrl, code: await options.createCode(), deviceName })
    return result.ok || result.code === 'ALREADY_ENROLLED' ? null : result.code
  } catch (error) {
    log.error({ err: error, deviceName }, 'no enrolment code')
    return 'NO_CODE'
  }
}
