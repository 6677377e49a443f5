/** The number just issued, large enough to read out, and what became of its slip. */
import type { CSSProperties } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import type { Service } from '#renderer/services/search.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export type Issued = { visitId: string; label: string; service: Service }

type IssuedNumberProps = { issued: Issued; snapshot: DeskSnapshot; onNext: () => void }

export function IssuedNumber({ issued, snapshot, onNext }: IssuedNumberProps) {
  const text = useText()
  const mallText = useMallText()
  const { service, label } = issued
  return (
    <div className={classes.issued} role="status">
      <p className={classes.lead}>{text('front.issued')}</p>
      <p className={classes.number} style={{ '--chars': label.length } as CSSProperties}>
        {label}
      </p>
      <p className={classes.serviceName}>{mallText(service.name)}</p>
      <p>{text('service.where', { agency: service.agencyName, counters: service.counterNames.join(', ') })}</p>
      <p className={classes.slip}>
        <Icon name="printer" size={22} />
        {text(`slip.${slipState(snapshot, label)}`)}
      </p>
      <Button look="primary" size="large" icon="arrowRight" autoFocus onClick={onNext}>
        {text('front.nextVisitor')}
      </Button>
    </div>
  )
}

/** The snapshot lists only slips that need attention; of the others nothing more is known than that they were sent. */
function slipState(snapshot: DeskSnapshot, label: string): 'none' | 'sent' | 'queued' | 'unknown' | 'failed' {
  if (snapshot.printer.state === 'absent') return 'none'
  const job = snapshot.printAttention.find((candidate) => candidate.document === 'slip' && candidate.label === label)
  return job?.state ?? 'sent'
}
