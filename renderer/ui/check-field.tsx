/** Yes or no, with its words beside it. */
import classes from '#renderer/ui/check-field.module.css'

type CheckFieldProps = { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void }

export function CheckField({ label, hint, checked, onChange }: CheckFieldProps) {
  return (
    <label className={classes.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint && <span className={classes.hint}>{hint}</span>}
      </span>
    </label>
  )
}
