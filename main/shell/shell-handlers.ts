/** The methods and topics that the shell answers itself, so that they work while no host is alive. */
import type { z } from 'zod'
import type { Result } from '#contract/desk-api.ts'
import { SHELL_METHODS, type ShellMethodName, type ShellTopicName } from '#contract/shell-api.ts'
import type { Observable } from '#main/shell/observable.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

export type ShellHandlers = {
  /** Null when the method belongs to the host. */
  invoke(method: string, input: unknown): Promise<Result<unknown>> | null
  /** Null when the topic belongs to the host. */
  watch(topic: string, onValue: (value: unknown) => void): (() => void) | null
}

type Handlers = {
  [M in ShellMethodName]: (input: z.output<(typeof SHELL_METHODS)[M]['input']>) => Promise<Result<unknown>>
}

type ShellHandlersOptions = { screen: ShellScreen; views: ScreenViews; openScreen: OpenScreen; log: ShellLog }

export function createShellHandlers({ screen, views, openScreen, log }: ShellHandlersOptions): ShellHandlers {
  const handlers: Handlers = {
    'shell.openScreen': ({ screenId }) => openScreen(screenId),
    async 'shell.retryHost'() {
      screen.host.retryNow()
      return { ok: true, data: {} }
    },
    'shell.showBar': async () => ({ ok: true, data: views.showBar() }),
    'shell.showDesk': async ({ act }) => ({ ok: true, data: views.showDesk(act) }),
    async 'shell.reportCrash'(crash) {
      log.error({ screen: screen.id, ...crash }, 'screen crashed')
      return { ok: true, data: {} }
    },
    async 'shell.fitBar'({ height }) {
      views.fitBar(height)
      return { ok: true, data: {} }
    },
    'shell.setShortcuts': async (settings) => views.setShortcuts(settings),
  }
  const topics: Record<ShellTopicName, Pick<Observable<unknown>, 'watch'>> = {
    shell: screen.info,
    shortcuts: views.shortcuts,
    deskPress: views.presses.desk,
    barPress: views.presses.bar,
    deskTask: views.deskTask,
  }

  async function call<M extends ShellMethodName>(method: M, raw: unknown): Promise<Result<unknown>> {
    const input = SHELL_METHODS[method].input.safeParse(raw)
    if (!input.success) return { ok: false, code: 'BAD_INPUT' }
    return handlers[method](input.data as z.output<(typeof SHELL_METHODS)[M]['input']>)
  }

  return {
    invoke(method, input) {
      if (!method.startsWith('shell.')) return null
      const known = Object.hasOwn(handlers, method)
      return known ? call(method as ShellMethodName, input) : Promise.resolve({ ok: false, code: 'UNKNOWN_METHOD' })
    },
    watch: (topic, onValue) => (Object.hasOwn(topics, topic) ? topics[topic as ShellTopicName].watch(onValue) : null),
  }
}
