/** A screen as a shell knows it: its host, and what the shell itself tells and offers it. */
import type { Result } from '#contract/desk-api.ts'
import type { ShellInfo } from '#contract/messages.ts'
import type { HostSupervisor } from '#main/shell/host-supervisor.ts'
import { createSource, type Observable } from '#main/shell/observable.ts'

export type OpenScreenResult = Result<{ path: string | null }, 'SCREEN_UNKNOWN' | 'NOT_A_LAPTOP'>

export type ShellScreen = {
  id: string
  /** Name of the screen for a window's title. */
  title: string
  host: HostSupervisor
  info: Observable<ShellInfo>
}

/** What the shell does when a screen asks for another one: Electron shows a window, the gateway answers a path. */
export type OpenScreen = (screenId: string) => Promise<OpenScreenResult>

/** The one screen of a real workstation. */
export function createWorkstationScreen(host: HostSupervisor): ShellScreen {
  const info = createSource<ShellInfo>({ host: host.status.get(), laptop: null })
  host.status.watch((status) => info.set({ host: status, laptop: null }))
  return { id: 'desk', title: 'Loket', host, info }
}
