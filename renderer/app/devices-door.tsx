/** Who finds the way to the devices screen, and the way itself. The screen is loaded when somebody takes it. */
import { createContext, lazy, Suspense, useContext } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DevicesScreenProps } from '#renderer/devices/devices-screen.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

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

/** For whoever has no other work here: the way out is out of the session. */
export function DevicesOnly({ placeName }: { placeName: string | null }) {
  const session = useCommand()
  return (
    <>
      {session.failure && <FailureNotice failure={session.failure} />}
      <Devices placeName={placeName} way={{ kind: 'signOut', go: () => void session.run('session.signOut', {}) }} />
    </>
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
