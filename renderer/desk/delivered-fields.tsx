/** Which services were delivered and how many: folded away unless the service asks for it, so that the usual end stays one key. */
import type { Catalogue } from '#contract/snapshot.ts'
import { MOST_DELIVERED } from '#domain/delivered.ts'
import classes from '#renderer/desk/delivered.module.css'
import { type DeliveredFault, type DeliveredLine, emptyLine } from '#renderer/desk/delivered-lines.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

type Service = Catalogue['services'][number]
type DeliveredFieldsProps = {
  own: Service
  /** Of the own agency. */
  services: readonly Service[]
  /** Null while folded: the own service, once. */
  lines: readonly DeliveredLine[] | null
  fault: DeliveredFault | null
  autoFocus: boolean
  onChange: (lines: DeliveredLine[]) => void
}

const FAULTS = { missing: 'delivered.missing', number: 'delivered.number' } as const

export function DeliveredFields({ own, services, lines, fault, autoFocus, onChange }: DeliveredFieldsProps) {
  const text = useText()
  const mallText = useMallText()
  if (!lines) {
    return (
      <div className={classes.folded}>
        <p>{text('delivered.once', { service: mallText(own.name) })}</p>
        <Button look="quiet" size="small" icon="plus" onClick={() => onChange([{ serviceId: own.id, typed: '1' }])}>
          {text('delivered.open')}
        </Button>
      </div>
    )
  }
  const others = services.filter(({ id }) => lines.every(({ serviceId }) => serviceId !== id))
  return (
    <fieldset className={classes.box} aria-describedby="delivered-note">
      <legend className={classes.legend}>{text('delivered.title')}</legend>
      {lines.map((line, index) => (
        <Line
          key={line.serviceId}
          line={line}
          service={services.find(({ id }) => id === line.serviceId)}
          // Unfolded by the officer, it is the number that is to be changed.
          autoFocus={index === 0 && (autoFocus || lines.length === 1)}
          isWrong={fault !== null}
          onChange={(typed) => onChange(lines.map((one) => (one === line ? { ...one, typed } : one)))}
        />
      ))}
      {others.length > 0 && (
        <SelectField
          label={text('delivered.add', { agency: own.agencyName })}
          value=""
          options={[
            { value: '', label: text('delivered.choose') },
            ...others.map(({ id, name }) => ({ value: id, label: mallText(name) })),
          ]}
          onChange={(id) => onChange([...lines, { ...emptyLine(id), typed: '1' }])}
        />
      )}
      <p id="delivered-note" className={classes.note} data-error={fault ? true : undefined} aria-live="polite">
        {text(fault ? FAULTS[fault] : 'delivered.hint')}
      </p>
    </fieldset>
  )
}

type LineProps = {
  line: DeliveredLine
  service: Service | undefined
  autoFocus: boolean
  isWrong: boolean
  onChange: (typed: string) => void
}

function Line({ line, service, autoFocus, isWrong, onChange }: LineProps) {
  const mallText = useMallText()
  return (
    <label className={classes.line}>
      <span>{service ? mallText(service.name) : line.serviceId}</span>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={MOST_DELIVERED}
        step={1}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the question that was just asked
        autoFocus={autoFocus}
        data-autofocus={autoFocus}
        aria-invalid={isWrong}
        className={classes.quantity}
        value={line.typed}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
