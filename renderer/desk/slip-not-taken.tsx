/** A slip that is scanned where nothing may act behind what is open: it is not taken, and a line there says what to do. */
import { useEffect, useState } from 'react'
import classes from '#renderer/desk/dialogs.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

const TOLD = 'loket-slip-not-taken'

export function tellSlipNotTaken(): void {
  window.dispatchEvent(new Event(TOLD))
}

/** Stands in every dialog that may be open over the desk; it leaves with its dialog. */
export function SlipNotTaken() {
  const text = useText()
  const [isTold, setTold] = useState(false)
  useEffect(() => {
    const onTold = () => setTold(true)
    window.addEventListener(TOLD, onTold)
    return () => window.removeEventListener(TOLD, onTold)
  }, [])
  if (!isTold) return null
  return (
    <div className={classes.above}>
      <Notice tone="near" role="alert" title={text('slip.notTaken')}>
        {text('slip.notTakenTodo')}
      </Notice>
    </div>
  )
}
