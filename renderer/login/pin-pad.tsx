/** For a counter with a touch screen and no keyboard in reach. */
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/login/login.module.css'
import { Icon } from '#renderer/ui/icons.tsx'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']

type PinPadProps = { disabled: boolean; onDigit: (digit: string) => void; onErase: () => void }

export function PinPad({ disabled, onDigit, onErase }: PinPadProps) {
  const text = useText()
  return (
    <fieldset className={classes.pad} aria-label={text('login.pad')} disabled={disabled}>
      {DIGITS.map((digit) => (
        <button key={digit} type="button" className={classes.key} data-digit={digit} onClick={() => onDigit(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" className={classes.key} aria-label={text('login.erase')} onClick={onErase}>
        <Icon name="erase" size={26} />
      </button>
    </fieldset>
  )
}
