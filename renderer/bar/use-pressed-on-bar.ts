/** The desk does what was pressed on the bar, and gives the place back to the bar once the question is answered or left. */
import { useEffect, useState } from 'react'
import { usePress } from '#renderer/bar/use-press.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useClient } from '#renderer/state/context.tsx'

export function usePressedOnBar(desk: DeskControl): void {
  const client = useClient()
  const [isAnswering, setAnswering] = useState(false)
  const { primary, bar, more, asking, command } = desk
  usePress(
    'deskPress',
    (pressed) => {
      const act = [primary, ...bar, ...more].find((name) => name === pressed)
      if (!act) return
      desk.press(act)
      setAnswering(true)
    },
    asking === null,
  )
  const isOver = isAnswering && asking === null && !command.busy
  const hasFailed = command.failure !== null
  useEffect(() => {
    if (!isOver) return
    setAnswering(false)
    // What was refused stays where its reason is to be read. A browser does not open its small page by itself.
    if (!hasFailed) void client.invoke('shell.showBar', {})
  }, [client, isOver, hasFailed])
}
