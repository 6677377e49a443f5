/** A slip that is scanned where nothing may act behind what is open: it is not taken, and a line there says what to do. */
import { useEffect, useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/scanner/slip-not-taken.module.css'
import { Notice } from '#renderer/ui/notice.tsx'

const TOLD = 'loket-slip-not-taken'

export function tellSlipNotTaken(): void {
  window.dispatchEvent(new Event(TOLD))
}

/** How often it was told while this is on the screen: as the key of what says so, each time is said anew. */
export function useSlipsNotTaken(): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    const onTold = () => setCount((before) => before + 1)
    window.addEventListener(TOLD, onTold)
    return () => window.removeEventListener(TOLD, onTold)
  }, [])
  return count
}

/** Stands in every dialog that may be open over the desk; it leaves with its dialog. */
export function SlipNotTaken() {
  const text = useText()
  const count = useSlipsNotTaken()
  if (count === 0) return null
  return (
    <div className={classes.above}>
      <Notice key={count} tone="near" role="alert" title={text('slip.notTaken')}>
        {text('slip.notTakenTodo')}
      </Notice>
    </div>
  )
}
