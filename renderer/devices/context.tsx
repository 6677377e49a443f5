/** What every section of the devices screen works on. */
import { createContext, useContext } from 'react'
import type { DriverView } from '#contract/methods/devices.ts'
import type { ProfileProblem } from '#renderer/devices/places.ts'
import type { ProfileDraft } from '#renderer/devices/profile-draft.ts'
import type { DeviceList } from '#renderer/devices/use-device-list.ts'
import type { Zones } from '#renderer/devices/use-profile.ts'

export type DevicesValue = {
  draft: ProfileDraft
  change: (change: Partial<ProfileDraft>) => void
  drivers: readonly DriverView[]
  zones: Zones
  /** Null until the host has told them for the first time. */
  devices: DeviceList | null
  /** What the last attempt to save found; gone with the next change. */
  problems: readonly ProfileProblem[]
}

export const DevicesContext = createContext<DevicesValue | null>(null)

export function useDevices(): DevicesValue {
  const value = useContext(DevicesContext)
  if (!value) throw new Error('DevicesContext is missing')
  return value
}

/** What was found wrong at exactly this place. */
export function useProblemAt(at: string): string | undefined {
  return useDevices().problems.find((problem) => problem.at === at)?.rule
}
