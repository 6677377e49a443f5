/** One state of one screen, as a test finds it: what the host says, and what somebody then does. */
import type { startFakeHost } from '#tests/renderer/fake-host.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'

export type Topics = Parameters<typeof startFakeHost>[0]

/** Language, light or dark, and on a large screen where it says so. */
export type Look = `${'id' | 'en'} ${'light' | 'dark'}${'' | ' wide'}`

export type ScreenState = {
  /** Unique in its screen. */
  name: string
  /** Asked for anew by each test, so that its times belong to that test's clock. */
  topics: () => Partial<Topics>
  /** Answers that the screen needs while it opens. */
  prepare?: (host: Shown['host']) => void
  /** In Indonesian; a test that wants another language changes it afterwards. */
  act?: (shown: Shown) => Promise<unknown>
  /** In which looks tests/renderer/pictures.test.ts keeps a picture of it. */
  pictures?: readonly Look[]
  /** Of a window that is not as large as a workstation's. */
  size?: { width: number; height: number }
  /** Why the browser's console complains here, where it must. */
  complains?: string
}
