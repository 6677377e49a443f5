/** What is plugged into this PC, asked for again and again: plug it in and see it appear. */
import { useRef, useState } from 'react'
import type { MethodOutput } from '#contract/desk-api.ts'
import type { PrinterView, SerialPortView } from '#contract/methods/devices.ts'
import { usePolling } from '#renderer/devices/use-polling.ts'
import { useClient } from '#renderer/state/context.tsx'

/** `fresh`: plugged in since this screen was opened. `gone`: was there meanwhile and is not now. */
export type SeenPort = SerialPortView & { seen: 'there' | 'fresh' | 'gone' }
export type DeviceList = {
  ports: readonly SeenPort[]
  printers: readonly PrinterView[]
  problems: MethodOutput<'devices.list'>['problems']
}

const EVERY_MS = 2_000

/** Null until the first answer. */
export function useDeviceList(): DeviceList | null {
  const client = useClient()
  const [list, setList] = useState<DeviceList | null>(null)
  const newest = useRef<DeviceList | null>(null)
  usePolling(async () => {
    const answer = await client.invoke('devices.list', {})
    // No answer means no news: the line above the screen says that the engine is away.
    if (!answer.ok) return
    newest.current = { ...answer.data, ports: comparePorts(newest.current?.ports ?? null, answer.data.ports) }
    setList(newest.current)
  }, EVERY_MS)
  return list
}

export function comparePorts(before: readonly SeenPort[] | null, now: readonly SerialPortView[]): SeenPort[] {
  const present = now.map((port): SeenPort => {
    const known = before?.find(({ path }) => path === port.path)
    return { ...port, seen: before === null || known?.seen === 'there' ? 'there' : 'fresh' }
  })
  const gone = (before ?? []).filter((port) => !now.some(({ path }) => path === port.path))
  return [...present, ...gone.map((port): SeenPort => ({ ...port, seen: 'gone' }))].sort((a, b) =>
    a.path.localeCompare(b.path, 'en', { numeric: true }),
  )
}
