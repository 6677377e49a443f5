/** The number just issued, large enough to read out, what became of its slip, and the way to take it back. */
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { CancelDialog } from '#renderer/front-desk/cancel-dialog.tsx'
import classes from '#renderer/front-desk/front-desk.module.css'
import { SlipFollow } from '#renderer/front-desk/slip-follow.tsx'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import type { Service } from '#renderer/services/search.ts'
import { Button } from '#renderer/ui/button.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export type Issued = { visitId: string; label: string; service: Service }

type IssuedNumberProps = { issued: Issued; snapshot: DeskSnapshot; onNext: () => void }

const CANCEL_KEY = 'F8'

export function IssuedNumber({ issued, snapshot, onNext }: IssuedNumberProps) {
  const text = useText()
  const mallText = useMallText()
  const [isCancelling, setCancelling] = useState(false)
  const { service, label, visitId } = issued
  // Between the answer and the next snapshot there is nothing to say of it yet.
  const last = snapshot.frontDesk?.last
  const known = last?.visitId === visitId ? last : null
  const takenBack = known?.state === 'cancelling' || known?.state === 'cancelled' ? known.state : null
  const mayCancel = known?.state === 'unsent' || known?.state === 'waiting'
  const isSlipLost = known?.slip?.state === 'failed' || known?.slip?.state === 'unknown'
  // The button that was pressed is gone with the number.
  const nextButton = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takenBack && !isCancelling) nextButton.current?.focus()
  }, [takenBack, isCancelling])
  useShortcuts({ [CANCEL_KEY]: () => mayCancel && setCancelling(true) }, !isCancelling)
  return (
    <div className={classes.issued}>
      <div role="status">
        <p className={classes.lead}>{text(`front.${takenBack ?? 'issued'}`)}</p>
        <p
          className={classes.number}
          data-off={takenBack ? true : undefined}
          style={{ '--chars': label.length } as CSSProperties}
        >
          {label}
        </p>
      </div>
      <p className={classes.serviceName}>{mallText(service.name)}</p>
      <p>
        {known?.state === 'called' && known.counterName !== null
          ? text('front.calledAt', { counter: known.counterName })
          : text('service.where', { agency: service.agencyName, counters: service.counterNames.join(', ') })}
      </p>
      {known && !takenBack && <SlipFollow slip={known.slip} />}
      <div className={classes.answers}>
        <Button ref={nextButton} look="primary" size="large" icon="arrowRight" autoFocus onClick={onNext}>
          {text('front.nextVisitor')}
        </Button>
        {mayCancel && (
          <Button look="quiet" size="large" shortcut={CANCEL_KEY} onClick={() => setCancelling(true)}>
            {text('front.cancel')}
          </Button>
        )}
      </div>
      <CancelDialog
        open={isCancelling}
        visitId={visitId}
        label={label}
        likely={isSlipLost ? 'slip_failed' : 'wrong_service'}
        onClose={() => setCancelling(false)}
      />
    </div>
  )
}
