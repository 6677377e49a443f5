/** What a shell (Electron main process or loopback gateway) offers its screens besides the host's desk API. */
import { z } from 'zod'
import type { Result, TRANSPORT_ERRORS } from '#contract/desk-api.ts'
import type { ShellInfo } from '#contract/messages.ts'

export const SHELL_METHODS = {
  /** Mall-in-a-laptop only: shows a screen of this shell, starting a counter's host first when it is a spare one. */
  'shell.openScreen': {
    input: z.object({ screenId: z.string().min(1).max(40) }),
    /** Electron opens a window and answers null; the gateway answers the path to open in a new tab. */
    output: z.object({ path: z.string().nullable() }),
    errors: ['SCREEN_UNKNOWN', 'NOT_A_LAPTOP'] as const,
  },
  /** Tries to start the host at once instead of waiting for the back-off. */
  'shell.retryHost': { input: z.object({}), output: z.object({}), errors: [] as const },
} as const

export type ShellMethodName = keyof typeof SHELL_METHODS

export type ShellClient = {
  invoke<M extends ShellMethodName>(
    method: M,
    input: z.input<(typeof SHELL_METHODS)[M]['input']>,
  ): Promise<
    Result<
      z.output<(typeof SHELL_METHODS)[M]['output']>,
      (typeof SHELL_METHODS)[M]['errors'][number] | (typeof TRANSPORT_ERRORS)[number] | 'BAD_INPUT'
    >
  >
  subscribe(topic: 'shell', onValue: (value: ShellInfo) => void): () => void
}
