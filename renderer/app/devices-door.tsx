/** Who finds the way to the devices screen, and the way itself. The screen is loaded when somebody takes it. */
import { createContext, lazy, Suspense, useContext } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DevicesScreenProps } from '#renderer/devices/devices-screen.tsx'

type Officer = NonNullable<DeskSnapshot['officer']>

const DevicesScreen = lazy(async () => {
  const { DevicesScreen } = await import('#renderer/devices/devices-screen.tsx')
  return { default: DevicesScreen }
})

export function Devices(props: DevicesScreenProps) {
  return (
    <Suspense fallback={<main />}>
      <DevicesScreen {...props} />
    </Suspense>
  )
}

export const DevicesDoor = createContext<(() => void) | null>(null)

/** Opens the devices screen; null for whoever may not. */
export function useDevicesDoor(): (() => void) | null {
  return useContext(DevicesDoor)
}

export function maySetUp({ roles }: Officer): boolean {
  return roles.some((role) => role === 'technician' || role === 'supervisor')
}

/** Has no other work at this PC than its devices. */
export function onlySetsUp({ roles }: Officer): boolean {
  return roles.every((role) => role === 'technician')
}
