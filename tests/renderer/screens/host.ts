import { openCounter } from '#tests/renderer/sample-screens.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const failed = {
  state: 'failed' as const,
  code: 'STORE_IN_USE',
  logPath: 'C:\\ProgramData\\Loket\\desk\\logs\\shell.log',
  attempt: 1,
  retryInMs: 60_000,
}

export const hostFailed: readonly ScreenState[] = [
  {
    name: 'engine failure',
    pictures: ['id light'],
    topics: () => ({ desk: openCounter(), shell: { host: failed, laptop: null } }),
  },
]

export const starting: readonly ScreenState[] = [
  { name: 'first start', pictures: ['id light'], topics: () => ({ desk: null }) },
]
