/** For what no simple field can hold, such as a register map: the JSON itself. */
import { useState } from 'react'
import classes from '#renderer/devices/devices.module.css'
import { readJson } from '#renderer/devices/schema-rules.ts'
import { TextAreaField } from '#renderer/ui/text-area-field.tsx'

type JsonFieldProps = {
  label: string
  error: string | undefined
  /** A text is what was typed and is no JSON yet. */
  value: unknown
  onChange: (value: unknown) => void
}

export function JsonField({ label, error, value, onChange }: JsonFieldProps) {
  /** Kept as typed: what is written again from the value would move under the cursor. */
  const [typed, setTyped] = useState(() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2)))
  return (
    <div className={classes.wide}>
      <TextAreaField
        label={label}
        error={error}
        rows={4}
        value={typed}
        onChange={(next) => {
          setTyped(next)
          onChange(readJson(next))
        }}
      />
    </div>
  )
}
