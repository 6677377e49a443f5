/** A PC that a technician sets up. */
import { onTestFinished } from 'vitest'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

export const NO_DEVICES = { displays: [], printer: null, voice: null, language: 'id' }

/** Not enrolled. */
export function newPc() {
  const dataDir = tempFolder()
  const host = startTestHost({ dataDir })
  onTestFinished(() => host.stop())
  return { ...host, dataDir }
}

export function display(path: string, driver = 'cd5220', params: object = {}) {
  return { driver, params, transport: { kind: 'serial', path } }
}
