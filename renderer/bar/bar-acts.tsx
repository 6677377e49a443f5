/** The next sensible step with its word, the others as signs with their names and keys to be read by pointing. */
import classes from '#renderer/bar/bar.module.css'
import type { BarControl } from '#renderer/bar/use-bar.ts'
import { ACTS, type ActName } from '#renderer/desk/acts.ts'
import { useKeys } from '#renderer/desk/keys.ts'
import { usePrimaryFocus } from '#renderer/desk/use-primary-focus.ts'
import { type MessageKey, useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'

/** Shorter than at the desk, where a short word says enough. */
const SHORT: Partial<Record<ActName, MessageKey>> = {
  open: 'bar.open',
  callNext: 'bar.callNext',
  startServing: 'bar.startServing',
}

export function BarActs({ bar }: { bar: BarControl }) {
  const text = useText()
  const keyOf = useKeys()
  const { desk, others } = bar
  const { primary, nextStep, command } = desk
  const { big, acts } = usePrimaryFocus(primary, desk.asking !== null)
  const nameOf = (act: ActName) =>
    act === 'forward' && nextStep ? text('act.forwardStep', { step: nextStep.number }) : text(`act.${act}`)
  return (
    <div ref={acts} className={classes.acts}>
      {others.map((act) => (
        <Button
          key={act}
          icon={ACTS[act].icon}
          busy={command.busy}
          aria-label={nameOf(act)}
          title={[nameOf(act), keyOf(act)].filter(Boolean).join(' · ')}
          onClick={() => bar.press(act)}
        />
      ))}
      {primary && (
        <Button
          ref={big}
          look="primary"
          shortcut={keyOf(primary)}
          busy={command.busy}
          aria-label={nameOf(primary)}
          onClick={() => desk.isGuarded() || bar.press(primary)}
        >
          {SHORT[primary] ? text(SHORT[primary]) : nameOf(primary)}
        </Button>
      )}
    </div>
  )
}
