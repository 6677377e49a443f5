/** One choice out of many, as the system's own list: it works with every keyboard, zoom and screen reader. */
import classes from '#renderer/ui/field.module.css'
import { Icon } from '#renderer/ui/icons.tsx'
import { Labelled, type LabelProps } from '#renderer/ui/labelled.tsx'

type SelectFieldProps<T extends string | number> = LabelProps & {
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

export function SelectField<T extends string | number>(props: SelectFieldProps<T>) {
  const { label, value, options, onChange, hint, error } = props
  const choose = (index: number) => {
    const option = options[index]
    if (option) onChange(option.value)
  }
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className={classes.box} data-select>
          <select
            {...wiring}
            className={classes.input}
            value={options.findIndex((option) => option.value === value)}
            onChange={(event) => choose(Number(event.target.value))}
          >
            {options.map((option, index) => (
              <option key={option.value} value={index}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="chevronDown" size={18} />
        </div>
      )}
    </Labelled>
  )
}
