/** One big button for what makes sense next, smaller ones for what is often needed, and a menu of everything else. */
import { useEffect, useRef } from 'react'
import { ACTS, type ActName } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/desk.module.css'
import { useKeys } from '#renderer/desk/keys.ts'
import { MoreMenu } from '#renderer/desk/more-menu.tsx'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'

export function ActBar({ desk }: { desk: DeskControl }) {
  const text = useText()
  const keyOf = useKeys()
  const { primary, bar, more, nextStep, command } = desk
  const big = usePrimaryFocus(primary, desk.asking !== null, desk.snapshot.aside.length)
  return (
    <div className={classes.acts}>
      {primary && (
        <Button
          ref={big}
          look="primary"
          size="huge"
          icon={ACTS[primary].icon}
          shortcut={keyOf(primary)}
          busy={command.busy}
          onClick={desk.pressPrimary}
        >
          {primary === 'forward' && nextStep
            ? text('act.forwardStep', { step: nextStep.number })
            : text(`act.${primary}`)}
        </Button>
      )}
      {bar.length + more.length > 0 && (
        <div className={classes.secondary}>
          {bar.map((act) => (
            <Button
              key={act}
              size="large"
              icon={ACTS[act].icon}
              shortcut={keyOf(act)}
              busy={command.busy}
              onClick={() => desk.press(act)}
            >
              {text(`act.${act}`)}
            </Button>
          ))}
          {more.length > 0 && <MoreMenu desk={desk} />}
        </div>
      )}
    </div>
  )
}

/** Longer than a dialog takes to leave. */
const DIALOG_GONE_MS = 250

/** Keeps Enter on the next sensible step, without taking the focus from a field or menu somebody is using. */
export function usePrimaryFocus(primary: ActName | null, isAsking: boolean, asideRows: number) {
  const big = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that leaves its list may take the focus along
  useEffect(() => {
    if (!primary || isAsking) return
    // The focused button of the step before may have just left the screen; then the focus fell back to the body.
    const takeFocus = () => {
      // The number stays in view where the page scrolls.
      if (document.activeElement === document.body) big.current?.focus({ preventScroll: true })
    }
    const timers = [0, DIALOG_GONE_MS].map((ms) => setTimeout(takeFocus, ms))
    return () => timers.forEach(clearTimeout)
  }, [primary, isAsking, asideRows])
  return big
}
