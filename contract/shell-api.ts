/** What a shell (Electron main process or loopback gateway) offers its screens besides the host's desk API. */
import { z } from 'zod'
import type { Result, TRANSPORT_ERRORS } from '#contract/desk-api.ts'
import type { ShellInfo } from '#contract/messages.ts'
import { PressedAct, ShortcutAct, ShortcutSettings, type Shortcuts } from '#contract/shortcuts.ts'

/** A window does it itself and answers null; a browser gets the path of the page that it has to open. */
const ViewShown = z.object({ path: z.string().nullable() })

/** As much as the log takes of a stack. */
export const CRASH_TEXT_LIMIT = 8_000
const CrashText = z.string().max(CRASH_TEXT_LIMIT)

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
  /** The compact bar in place of the full desk. */
  'shell.showBar': { input: z.object({}), output: ViewShown, errors: [] as const },
  /** The full desk in place of the compact bar, and there the act that was pressed on the bar, with what it asks. */
  'shell.showDesk': { input: z.object({ act: PressedAct.nullable() }), output: ViewShown, errors: [] as const },
  /** A screen broke: where in its code, for the log, and nothing of what it showed. */
  'shell.reportCrash': {
    input: z.object({ error: CrashText, components: CrashText }),
    output: z.object({}),
    errors: [] as const,
  },
  /** How high the bar's page is: a question or a refusal needs a second line. */
  'shell.fitBar': { input: z.object({ height: z.int().min(1).max(400) }), output: z.object({}), errors: [] as const },
  /** Answers the acts whose key the system refuses, because another program has it. */
  'shell.setShortcuts': {
    input: ShortcutSettings,
    output: z.object({ refused: z.array(ShortcutAct) }),
    errors: ['NOT_IN_A_BROWSER', 'SHORTCUTS_NOT_SAVED'] as const,
  },
} as const

export type ShellMethodName = keyof typeof SHELL_METHODS

export type ShellTopics = {
  shell: ShellInfo
  /** Null where no system can hand keys over: in a browser. */
  shortcuts: Shortcuts | null
  /** An act was pressed by a key of the system and is to be done at this view. Pushed when that happens and not kept for later. */
  deskPress: PressedAct
  barPress: PressedAct
  /** An act was pressed at the bar, which gave its place to the desk for it and gets it back. */
  deskTask: PressedAct
}
export type ShellTopicName = keyof ShellTopics

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
  subscribe<T extends ShellTopicName>(topic: T, onValue: (value: ShellTopics[T]) => void): () => void
}
