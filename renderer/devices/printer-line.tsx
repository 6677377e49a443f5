/** The particulars of a printer that no system printer stands for: an address in the network, or a serial port. */
import { useProblemAt } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { PortPicker } from '#renderer/devices/port-picker.tsx'
import type { PrinterTransport, SerialPrinter, SerialSettings, TcpPrinter } from '#renderer/devices/profile-draft.ts'
import { readNumber } from '#renderer/devices/schema-rules.ts'
import { SerialSettingsForm } from '#renderer/devices/serial-settings.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

/** Of most receipt printers. */
const FACTORY: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
const FLOWS = ['none', 'rts-cts', 'xon-xoff'] as const

type PrinterLineProps = { transport: PrinterTransport | null; onChange: (transport: PrinterTransport) => void }

export function PrinterLine({ transport, onChange }: PrinterLineProps) {
  const text = useText()
  if (transport?.kind !== 'tcp' && transport?.kind !== 'serial') return null
  return (
    <div className={classes.group}>
      {transport.kind === 'tcp' ? (
        <TcpFields transport={transport} onChange={onChange} />
      ) : (
        <SerialFields transport={transport} onChange={onChange} />
      )}
      <CheckField
        label={text('printerLine.ask')}
        hint={text('printerLine.askHint')}
        checked={transport.status !== 'none'}
        onChange={(isAsked) => onChange({ ...transport, status: isAsked ? 'ask' : 'none' })}
      />
    </div>
  )
}

function TcpFields({ transport, onChange }: { transport: TcpPrinter; onChange: (transport: TcpPrinter) => void }) {
  const text = useText()
  return (
    <div className={classes.fields}>
      <Field
        label={text('printerLine.host')}
        hint={text('printerLine.hostHint')}
        error={useProblemAt('printer.transport.host')}
        value={transport.host}
        onChange={(host) => onChange({ ...transport, host: host.trim() })}
      />
      <Field
        label={text('printerLine.port')}
        error={useProblemAt('printer.transport.port')}
        inputMode="numeric"
        value={String(transport.port)}
        onChange={(port) => onChange({ ...transport, port: readNumber(port) })}
      />
    </div>
  )
}

type SerialFieldsProps = { transport: SerialPrinter; onChange: (transport: SerialPrinter) => void }

function SerialFields({ transport, onChange }: SerialFieldsProps) {
  const text = useText()
  const set = (settings: SerialSettings | null) => {
    const { settings: _before, ...others } = transport
    onChange(settings ? { ...others, settings } : others)
  }
  return (
    <>
      <PortPicker
        legend={text('printerLine.serialPort')}
        path={transport.path}
        onPick={(path, device) => {
          const { device: _before, ...others } = transport
          onChange({ ...others, path, ...(device && { device }) })
        }}
        error={useProblemAt('printer.transport.path')}
      />
      <SerialSettingsForm factory={FACTORY} settings={transport.settings ?? null} onChange={set} />
      <SelectField
        label={text('printerLine.flow')}
        value={transport.flow ?? 'none'}
        options={FLOWS.map((flow) => ({ value: flow, label: text(`flow.${flow}`) }))}
        onChange={(flow) => onChange({ ...transport, flow })}
      />
    </>
  )
}
