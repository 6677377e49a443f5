/** One big button for what makes sense next, smaller ones for what else is possible. */
import { useEffect, useRef } from 'react'
import { type DeskAct, SHORTCUTS } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/desk.module.css'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import type { IconName } from '#renderer/ui/icons.tsx'

const ICONS: Record<DeskAct, IconName> = {
  open: 'check',
  callNext: 'next',
  callAgain: 'repeat',
  startServing: 'person',
  complete: 'check',
  forward: 'arrowRight',
  noShow: 'close',
}

export function ActBar({ desk }: { desk: DeskControl }) {
  const text = useText()
  const { primary, secondary, nextStep, command } = desk
  const big = usePrimaryFocus(primary, desk.dialog !== null)
  return (
    <div className={classes.acts}>
      {primary && (
        <Button
          ref={big}
          look="primary"
          size="huge"
          icon={ICONS[primary]}
          shortcut={SHORTCUTS[primary]}
          busy={command.busy}
          onClick={desk.pressPrimary}
        >
          {primary === 'forward' && nextStep
            ? text('act.forwardStep', { step: nextStep.number })
            : text(`act.${primary}`)}
        </Button>
      )}
      {secondary.length > 0 && (
        <div className={classes.secondary}>
          {secondary.map((act) => (
            <Button
              key={act}
              size="large"
              grow
              icon={ICONS[act]}
              shortcut={SHORTCUTS[act]}
              busy={command.busy}
              onClick={() => desk.press(act)}
            >
              {text(`act.${act}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

/** Longer than a dialog takes to leave. */
const DIALOG_GONE_MS = 250

/** Keeps Enter on the next sensible step, without taking the focus from a field or menu somebody is using. */
function usePrimaryFocus(primary: DeskAct | null, dialogOpen: boolean) {
  const big = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!primary || dialogOpen) return
    // The focused button of the step before may have just left the screen; then the focus fell back to the body.
    const takeFocus = () => {
      // The number stays in view where the page scrolls.
      if (document.activeElement === document.body) big.current?.focus({ preventScroll: true })
    }
    const timers = [0, DIALOG_GONE_MS].map((ms) => setTimeout(takeFocus, ms))
    return () => timers.forEach(clearTimeout)
  }, [primary, dialogOpen])
  return big
}
