/** The one button of the screens. It never leaves the tab order, so keyboard focus stays where it was. */
import { type MouseEvent, type ReactNode, type Ref, useCallback } from 'react'
import classes from '#renderer/ui/button.module.css'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'

type ButtonProps = {
  children?: ReactNode
  onClick?: () => void
  look?: 'primary' | 'secondary' | 'quiet'
  size?: 'small' | 'medium' | 'large' | 'huge'
  icon?: IconName
  /** Shown on the button; the screen itself listens for the key. */
  shortcut?: string | undefined
  busy?: boolean
  /** Cannot be pressed now; what has to happen first stands beside it. */
  disabled?: boolean
  type?: 'button' | 'submit'
  autoFocus?: boolean
  ref?: Ref<HTMLButtonElement>
  'aria-pressed'?: boolean
  'aria-label'?: string
  title?: string
}

export function Button(props: ButtonProps) {
  const { children, onClick, look = 'secondary', size = 'medium', icon, shortcut, busy, disabled, ...rest } = props
  const click = useCallback(
    (event: MouseEvent) => {
      if (busy || disabled) event.preventDefault()
      else onClick?.()
    },
    [busy, disabled, onClick],
  )
  return (
    <button
      type="button"
      {...rest}
      // A dialog's focus trap looks for this one.
      data-autofocus={rest.autoFocus}
      className={classes.button}
      data-look={look}
      data-size={size}
      aria-disabled={busy || disabled || undefined}
      data-off={disabled || undefined}
      aria-keyshortcuts={shortcut}
      onClick={click}
      // A held Enter would press the button of the next step, too.
      onKeyDown={(event) => event.repeat && event.preventDefault()}
    >
      {icon && <Icon name={icon} size={ICON_SIZES[size]} />}
      {children && <span className={classes.label}>{children}</span>}
      {shortcut && (
        <span className={classes.shortcut} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  )
}

const ICON_SIZES = { small: 16, medium: 20, large: 22, huge: 32 }
