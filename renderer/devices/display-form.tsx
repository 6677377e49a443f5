/** Where a display hangs, what it is, and its own settings. */
import { useDevices, useProblemAt } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { settingsFromNeighbour, usersOf } from '#renderer/devices/new-display.ts'
import { PortPicker } from '#renderer/devices/port-picker.tsx'
import type { DisplayDraft, PortMark, SerialSettings } from '#renderer/devices/profile-draft.ts'
import { SchemaForm } from '#renderer/devices/schema-form.tsx'
import { SerialSettingsForm } from '#renderer/devices/serial-settings.tsx'
import { useDriverText } from '#renderer/devices/use-driver-text.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

type DisplayFormProps = {
  display: DisplayDraft
  index: number
  onChange: (display: DisplayDraft) => void
  onRemove: () => void
}

export function DisplayForm({ display, index, onChange, onRemove }: DisplayFormProps) {
  const text = useText()
  const driverText = useDriverText()
  const { draft, drivers } = useDevices()
  const driver = drivers.find(({ id }) => id === display.driver)
  const { transport } = display
  const sharing = transport.kind === 'serial' ? usersOf(draft, transport.path).length : 0

  const choosePort = (path: string, device: PortMark | null) => {
    const settings = settingsFromNeighbour(display, path, draft, drivers)
    onChange({
      ...display,
      transport: { kind: 'serial', path, ...(device && { device }), ...(settings && { settings }) },
    })
  }
  const chooseDriver = (id: string) => {
    const paramsBefore = { ...display.paramsBefore, [display.driver]: display.params }
    onChange({ ...display, driver: id, params: paramsBefore[id] ?? {}, paramsBefore })
  }
  const set = (settings: SerialSettings | null) => {
    if (transport.kind !== 'serial') return
    const { settings: _before, ...place } = transport
    onChange({ ...display, transport: settings ? { ...place, settings } : place })
  }

  return (
    <div className={classes.card}>
      <PortPicker
        legend={text('port.legend')}
        path={transport.kind === 'serial' ? transport.path : null}
        onPick={choosePort}
        onPanel={() => onChange({ ...display, transport: { kind: 'panel' } })}
        error={useProblemAt(`displays.${index}.transport.path`)}
      />
      {sharing > 1 && <p className={classes.hint}>{text('display.shared', { count: sharing })}</p>}
      <SelectField
        label={text('display.driver')}
        value={display.driver}
        options={drivers.map(({ id, name }) => ({ value: id, label: driverText(name) }))}
        onChange={chooseDriver}
      />
      {driver && transport.kind === 'serial' && (
        <SerialSettingsForm factory={driver.serial} settings={transport.settings ?? null} onChange={set} />
      )}
      {driver && (
        <SchemaForm
          key={driver.id}
          legend={text('display.parameters')}
          at={`displays.${index}.params`}
          schema={driver.parameters}
          values={display.params}
          onChange={(params) => onChange({ ...display, params })}
        />
      )}
      <div>
        <Button look="quiet" size="small" icon="trash" onClick={onRemove}>
          {text('display.remove')}
        </Button>
      </div>
    </div>
  )
}
