/** One big button for what makes sense next, smaller ones for what is often needed, and a menu of everything else. */
import { ACTS } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/desk.module.css'
import { useKeys } from '#renderer/desk/keys.ts'
import { MoreMenu } from '#renderer/desk/more-menu.tsx'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { usePrimaryFocus } from '#renderer/desk/use-primary-focus.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'

export function ActBar({ desk }: { desk: DeskControl }) {
  const text = useText()
  const keyOf = useKeys()
  const { primary, bar, more, nextStep, command } = desk
  const { big, acts } = usePrimaryFocus(primary, desk.asking !== null)
  return (
    <div ref={acts} className={classes.acts}>
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
