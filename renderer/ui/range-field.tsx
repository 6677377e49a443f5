/** A whole number by a slider, with the number beside it. */
import { Labelled } from '#renderer/ui/labelled.tsx'
import classes from '#renderer/ui/range-field.module.css'

type RangeFieldProps = {
  label: string
  value: number
  min: number
  max: number
  step: number
  onChange: (value: number) => void
}

export function RangeField({ label, value, onChange, ...range }: RangeFieldProps) {
  return (
    <Labelled label={label}>
      {(wiring) => (
        <div className={classes.range}>
          <input
            {...wiring}
            {...range}
            type="range"
            value={value}
            onChange={(event) => onChange(Number(event.target.value))}
          />
          <output htmlFor={wiring.id}>{value}</output>
        </div>
      )}
    </Labelled>
  )
}
