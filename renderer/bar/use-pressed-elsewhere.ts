/**
 * The desk does what was pressed elsewhere. To the bar it gives the place back once the question that came from there is answered or
 * left; a key of the system changes nothing about which of the two is shown.
 */
import { useEffect, useState } from 'react'
import { usePress } from '#renderer/bar/use-press.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useClient } from '#renderer/state/context.tsx'

export function usePressedElsewhere(desk: DeskControl): void {
  const client = useClient()
  const [isAnswering, setAnswering] = useState(false)
  const { primary, bar, more, asking, command } = desk
  /** Whether it is possible now. */
  const press = (pressed: string): boolean => {
    const act = [primary, ...bar, ...more].find((name) => name === pressed)
    if (act) desk.press(act)
    return act !== undefined
  }
  usePress('deskPress', press, asking === null)
  usePress('deskTask', (pressed) => press(pressed) && setAnswering(true), asking === null)
  const isOver = isAnswering && asking === null && !command.busy
  const hasFailed = command.failure !== null
  useEffect(() => {
    if (!isOver) return
    setAnswering(false)
    // What was refused stays where its reason is to be read. A browser does not open its small page by itself.
    if (!hasFailed) void client.invoke('shell.showBar', {})
  }, [client, isOver, hasFailed])
}
