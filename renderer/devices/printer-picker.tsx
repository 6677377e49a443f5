/** The printers that this PC knows, and the ways to one that it does not. */
import { useId } from 'react'
import type { PrinterView } from '#contract/methods/devices.ts'
import { useDevices } from '#renderer/devices/context.tsx'
import { DeviceRow } from '#renderer/devices/device-row.tsx'
import classes from '#renderer/devices/port-picker.module.css'
import type { PrinterDraft, PrinterTransport, QueuePrinter } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type PrinterPickerProps = { printer: PrinterDraft; onChange: (transport: PrinterTransport | null) => void }

export function PrinterPicker({ printer, onChange }: PrinterPickerProps) {
  const text = useText()
  const group = useId()
  const { devices } = useDevices()
  const { transport, before } = printer
  const printers = devices?.printers ?? []
  const failed = devices?.problems.find(({ code }) => code === 'PRINTER_LIST_FAILED')
  const chosen = transport && isQueue(transport) ? transport : null
  const isUnseen = devices !== null && chosen !== null && !printers.some((one) => isSame(one, chosen))
  const alike = ({ alike: names }: PrinterView) =>
    names.length > 0 && text('printerChoice.alike', { names: names.join('; ') })
  return (
    <fieldset className={classes.ports}>
      <legend className={classes.legend}>{text('printerChoice.legend')}</legend>
      {failed && (
        <Notice tone="near" title={text('printerChoice.listFailed')} code={failed.detail}>
          {text('printerChoice.listFailedTodo')}
        </Notice>
      )}
      <div className={classes.list}>
        <DeviceRow
          group={group}
          title={text('printerChoice.none')}
          checked={transport === null}
          onChoose={() => onChange(null)}
        />
        {printers.map((one) => (
          <DeviceRow
            group={group}
            key={`${one.kind}/${one.name}`}
            title={one.name}
            mark={one.isDefault ? { words: text('printerChoice.default'), tone: 'plain' } : undefined}
            words={[text(`printerKind.${one.kind}`), one.driver, one.port, alike(one), one.problem]
              .filter(Boolean)
              .join(', ')}
            disabled={one.problem !== null}
            checked={chosen !== null && isSame(one, chosen)}
            onChoose={() => onChange(transportOf(one))}
          />
        ))}
        {chosen && isUnseen && (
          <DeviceRow
            group={group}
            title={chosen.kind === 'file' ? chosen.path : chosen.queue}
            mark={{ words: text('port.unseen'), tone: 'near' }}
            words={text('printerChoice.unseenWords')}
            checked
            onChoose={() => {}}
          />
        )}
        <DeviceRow
          group={group}
          title={text('printerChoice.tcp')}
          checked={transport?.kind === 'tcp'}
          onChoose={() => onChange(before.tcp)}
        />
        <DeviceRow
          group={group}
          title={text('printerChoice.serial')}
          checked={transport?.kind === 'serial'}
          onChoose={() => onChange(before.serial)}
        />
        <DeviceRow
          group={group}
          title={text('printerChoice.panel')}
          checked={transport?.kind === 'panel'}
          onChoose={() => onChange({ kind: 'panel' })}
        />
      </div>
    </fieldset>
  )
}

function isQueue(transport: PrinterTransport): transport is QueuePrinter {
  return ['spooler', 'cups', 'file'].includes(transport.kind)
}

function transportOf({ kind, name }: PrinterView): QueuePrinter {
  return kind === 'file' ? { kind, path: name } : { kind, queue: name }
}

function isSame(view: PrinterView, transport: QueuePrinter): boolean {
  return view.kind === transport.kind && view.name === (transport.kind === 'file' ? transport.path : transport.queue)
}
