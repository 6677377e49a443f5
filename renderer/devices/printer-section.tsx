/** Where slips and receipts come out, on which paper, and how they look. */
import { useDevices } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { PaperPanel } from '#renderer/devices/paper-panel.tsx'
import { PrinterLine } from '#renderer/devices/printer-line.tsx'
import { PrinterPicker } from '#renderer/devices/printer-picker.tsx'
import type { PrinterDraft, PrinterTransport } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'

const WIDTHS = [58, 80] as const
const LANGUAGES = ['id', 'en'] as const

export function PrinterSection() {
  const text = useText()
  const { draft, change } = useDevices()
  const { printer } = draft
  const set = (next: Partial<PrinterDraft>) => change({ printer: { ...printer, ...next } })
  const setTransport = (transport: PrinterTransport | null) => {
    const { before } = printer
    set({
      transport,
      before: {
        tcp: transport?.kind === 'tcp' ? transport : before.tcp,
        serial: transport?.kind === 'serial' ? transport : before.serial,
      },
    })
  }
  return (
    <div className={classes.columns}>
      <div className={classes.card}>
        <PrinterPicker printer={printer} onChange={setTransport} />
        <PrinterLine transport={printer.transport} onChange={setTransport} />
        {printer.transport && (
          <>
            <ChoiceGroup
              legend={text('paper.width')}
              options={WIDTHS.map((width) => ({ value: String(width), label: text('paper.millimetres', { width }) }))}
              value={String(printer.width)}
              onChange={(width) => set({ width: width === '58' ? 58 : 80 })}
            />
            <ChoiceGroup
              legend={text('paper.language')}
              options={LANGUAGES.map((language) => ({ value: language, label: text(`language.${language}`) }))}
              value={draft.language}
              onChange={(language) => change({ language: language ?? 'id' })}
            />
          </>
        )}
      </div>
      <PaperPanel printer={printer} />
    </div>
  )
}
