/** The paper as it will come out, a real one on demand, and a draft of the mall's templates for both. */
import { useState } from 'react'
import type { MethodOutput } from '#contract/desk-api.ts'
import classes from '#renderer/devices/devices.module.css'
import { LastTry } from '#renderer/devices/last-try.tsx'
import { PaperDraft } from '#renderer/devices/paper-draft.tsx'
import { type PaperKind, PaperPreview } from '#renderer/devices/paper-preview.tsx'
import { type PrinterDraft, printerProfile } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

const PAPERS = ['slip', 'receipt'] as const

export function PaperPanel({ printer }: { printer: PrinterDraft }) {
  const text = useText()
  const trying = useCommand()
  const [paper, setPaper] = useState<PaperKind>('slip')
  const [papers, setPapers] = useState<Record<string, unknown> | null>(null)
  const [outcome, setOutcome] = useState<MethodOutput<'devices.tryPrinter'> | null>(null)
  const profile = printerProfile(printer)

  const print = async () => {
    setOutcome(null)
    if (profile) setOutcome(await trying.run('devices.tryPrinter', { printer: profile, paper, papers }))
  }

  return (
    <div className={classes.card}>
      <div className={classes.spread}>
        <ChoiceGroup
          legend={text('paper.legend')}
          options={PAPERS.map((one) => ({ value: one, label: text(`paper.${one}`) }))}
          value={paper}
          onChange={(chosen) => setPaper(chosen ?? 'slip')}
        />
        <Button look="primary" icon="printer" busy={trying.busy} disabled={!profile} onClick={() => void print()}>
          {text(trying.busy ? 'paper.printing' : 'paper.try')}
        </Button>
      </div>
      {!profile && <p className={classes.hint}>{text('paper.noPrinter')}</p>}
      <LastTry outcome={outcome} failure={trying.failure} done={outcome ? text(`printTry.${outcome.kind}`) : ''} />
      {outcome?.paperLow && <Notice tone="near" title={text('error.PRINTER_PAPER_LOW')} />}
      <PaperDraft onPapers={setPapers} />
      <PaperPreview width={printer.width} paper={paper} papers={papers} />
    </div>
  )
}
