/** How fast and in which shape bytes go; almost always as the device left its factory. */
import classes from '#renderer/devices/devices.module.css'
import type { SerialSettings } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

const BAUD_RATES = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600]
const PARITIES = ['none', 'even', 'odd'] as const

type SerialSettingsFormProps = {
  factory: SerialSettings
  /** Null: as from the factory. */
  settings: SerialSettings | null
  onChange: (settings: SerialSettings | null) => void
}

export function SerialSettingsForm({ factory, settings, onChange }: SerialSettingsFormProps) {
  const text = useText()
  const shown = settings ?? factory
  const rates = BAUD_RATES.includes(shown.baudRate) ? BAUD_RATES : [...BAUD_RATES, shown.baudRate].sort((a, b) => a - b)
  const change = (change: Partial<SerialSettings>) => onChange({ ...shown, ...change })
  const numbers = (values: readonly number[]) => values.map((value) => ({ value, label: String(value) }))
  return (
    <Disclosure
      title={text('serial.title')}
      summary={text(settings ? 'serial.own' : 'serial.factory', { settings: short(shown) })}
    >
      <div className={classes.fields}>
        <SelectField
          label={text('serial.baudRate')}
          value={shown.baudRate}
          options={numbers(rates)}
          onChange={(baudRate) => change({ baudRate })}
        />
        <SelectField
          label={text('serial.dataBits')}
          value={shown.dataBits}
          options={numbers([7, 8])}
          onChange={(dataBits) => change({ dataBits })}
        />
        <SelectField
          label={text('serial.parity')}
          value={shown.parity}
          options={PARITIES.map((parity) => ({ value: parity as string, label: text(`parity.${parity}`) }))}
          onChange={(parity) => change({ parity })}
        />
        <SelectField
          label={text('serial.stopBits')}
          value={shown.stopBits}
          options={numbers([1, 2])}
          onChange={(stopBits) => change({ stopBits })}
        />
      </div>
      {settings && (
        <div>
          <Button size="small" icon="repeat" onClick={() => onChange(null)}>
            {text('serial.toFactory', { settings: short(factory) })}
          </Button>
        </div>
      )}
    </Disclosure>
  )
}

/** "9600, 8N1" as it is printed in manuals. */
function short({ baudRate, dataBits, parity, stopBits }: SerialSettings): string {
  return `${baudRate}, ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`
}
