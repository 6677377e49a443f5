/** The methods and the topic that the shell answers itself, so that they work while no host is alive. */
import type { Result } from '#contract/desk-api.ts'
import type { ShellInfo } from '#contract/messages.ts'
import { SHELL_METHODS, type ShellMethodName } from '#contract/shell-api.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

export type ShellHandlers = {
  /** Null when the method belongs to the host. */
  invoke(method: string, input: unknown): Promise<Result<unknown>> | null
  /** Null when the topic belongs to the host. */
  watch(topic: string, onValue: (value: ShellInfo) => void): (() => void) | null
}

export function createShellHandlers(screen: ShellScreen, openScreen: OpenScreen): ShellHandlers {
  const handlers: Record<ShellMethodName, (input: unknown) => Promise<Result<unknown>>> = {
    async 'shell.openScreen'(raw) {
      const input = SHELL_METHODS['shell.openScreen'].input.safeParse(raw)
      return input.success ? openScreen(input.data.screenId) : { ok: false, code: 'BAD_INPUT' }
    },
    async 'shell.retryHost'(raw) {
      if (!SHELL_METHODS['shell.retryHost'].input.safeParse(raw).success) return { ok: false, code: 'BAD_INPUT' }
      screen.host.retryNow()
      return { ok: true, data: {} }
    },
  }
  return {
    invoke(method, input) {
      if (!method.startsWith('shell.')) return null
      const known = Object.hasOwn(handlers, method)
      return known ? handlers[method as ShellMethodName](input) : Promise.resolve({ ok: false, code: 'UNKNOWN_METHOD' })
    },
    watch: (topic, onValue) => (topic === 'shell' ? screen.info.watch(onValue) : null),
  }
}
