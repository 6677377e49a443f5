/** One choice out of a few, as radio buttons that look like chips. */
import { useId } from 'react'
import classes from '#renderer/ui/choice-group.module.css'

type ChoiceGroupProps<T extends string> = {
  legend: string
  options: readonly { value: T | null; label: string }[]
  value: T | null
  onChange: (value: T | null) => void
}

export function ChoiceGroup<T extends string>({ legend, options, value, onChange }: ChoiceGroupProps<T>) {
  const name = useId()
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{legend}</legend>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={option.value ?? ''} className={classes.option}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
