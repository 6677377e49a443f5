/** A form made from a driver's JSON Schema: whatever a driver asks for has a field here. */
import { useProblemAt } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { JsonField } from '#renderer/devices/json-field.tsx'
import type { Params } from '#renderer/devices/profile-draft.ts'
import { brokenRule, fieldsOf, kindOf, readNumber, type Schema } from '#renderer/devices/schema-rules.ts'
import { useDriverText } from '#renderer/devices/use-driver-text.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

type SchemaFormProps = {
  legend: string
  /** The place of these values in the profile. */
  at: string
  schema: Readonly<Record<string, unknown>>
  values: Params
  onChange: (values: Params) => void
}

export function SchemaForm({ legend, at, schema, values, onChange }: SchemaFormProps) {
  const set = (name: string, value: unknown) => {
    const { [name]: _before, ...others } = values
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>{legend}</legend>
      <div className={classes.fields}>
        {fieldsOf(schema).map(([name, field]) => (
          <SchemaField
            key={name}
            name={name}
            at={`${at}.${name}`}
            schema={field}
            value={values[name]}
            onChange={(value) => set(name, value)}
          />
        ))}
      </div>
    </fieldset>
  )
}

type SchemaFieldProps = {
  name: string
  at: string
  schema: Schema
  /** Undefined: the profile does not say; the driver's default counts. */
  value: unknown
  onChange: (value: unknown) => void
}

function SchemaField(props: SchemaFieldProps) {
  const text = useText()
  const driverText = useDriverText()
  const { name, schema, value, onChange } = props
  const label = driverText(schema.title ?? name)
  if (schema.default !== undefined) return <ValueField {...props} label={label} shown={value ?? schema.default} />
  // Left out and empty are not the same: left out, the driver has a value of its own.
  return (
    <div className={classes.own}>
      <CheckField
        label={text('parameter.own', { name: label })}
        checked={value !== undefined}
        onChange={(isOwn) => onChange(isOwn ? emptyOf(schema) : undefined)}
      />
      {value !== undefined && <ValueField {...props} label={label} shown={value} />}
    </div>
  )
}

function ValueField({ at, schema, label, shown, onChange }: SchemaFieldProps & { label: string; shown: unknown }) {
  const text = useText()
  const fromSave = useProblemAt(at)
  const rule = brokenRule(schema, shown)
  const error = rule ? text(rule.key, rule.values) : fromSave
  switch (kindOf(schema)) {
    case 'choice':
      return (
        <SelectField
          label={label}
          error={error}
          value={shown as string | number}
          options={(schema.enum ?? []).map((value) => ({ value, label: String(value) }))}
          onChange={onChange}
        />
      )
    case 'yesNo':
      return (
        <div className={classes.check}>
          <CheckField label={label} checked={shown === true} onChange={onChange} />
        </div>
      )
    case 'number':
      return (
        <Field
          label={<WithRange label={label} schema={schema} />}
          error={error}
          inputMode="numeric"
          value={String(shown)}
          onChange={(typed) => onChange(readNumber(typed))}
        />
      )
    case 'text':
      return <Field label={label} error={error} value={String(shown)} onChange={onChange} />
    case 'json':
      return <JsonField label={label} error={error} value={shown} onChange={onChange} />
  }
}

function WithRange({ label, schema: { minimum, maximum } }: { label: string; schema: Schema }) {
  if (minimum === undefined || maximum === undefined) return label
  return (
    <>
      {label},{' '}
      <span className={classes.range}>
        {minimum}–{maximum}
      </span>
    </>
  )
}

function emptyOf(schema: Schema): unknown {
  switch (kindOf(schema)) {
    case 'choice':
      return schema.enum?.[0]
    case 'yesNo':
      return false
    case 'number':
      return schema.minimum ?? 0
    default:
      return schema.type === 'array' ? [] : schema.type === 'object' ? {} : ''
  }
}
