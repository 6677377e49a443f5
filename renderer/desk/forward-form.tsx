/** To the next desk with the same number: the journey's next step, or any other service of the mall. */
import { useState } from 'react'
import type { Catalogue } from '#contract/snapshot.ts'
import { refOf } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { NextStep } from '#renderer/desk/next-step.ts'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { ServicePicker } from '#renderer/services/service-picker.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'

type OnForward = (toServiceId: string, handsOver: string | null) => void

export function ForwardForm({ desk }: DeskFormProps) {
  const { current } = desk.snapshot
  if (!current) return null
  const forward: OnForward = (toServiceId, handsOver) =>
    void desk.send('queue.forward', { ...refOf(current), toServiceId, handsOver })
  return <Destination serviceId={current.serviceId} nextStep={desk.nextStep} onForward={forward} />
}

type DestinationProps = { serviceId: string; nextStep: NextStep | null; onForward: OnForward }

function Destination({ serviceId, nextStep, onForward }: DestinationProps) {
  const text = useText()
  const catalogue = useCatalogue()
  const [elsewhere, setElsewhere] = useState(nextStep === null)
  const [service, setService] = useState<Catalogue['services'][number] | null>(null)
  if (nextStep && !elsewhere) {
    return <NextStepForm step={nextStep} onForward={onForward} onElsewhere={() => setElsewhere(true)} />
  }
  const others = (catalogue?.services ?? []).filter(({ id }) => id !== serviceId)
  return (
    <div className={classes.form}>
      <ServicePicker services={others} selectedId={service?.id ?? null} onPick={setService} autoFocus />
      {service ? (
        // Appears with the focus, so that Enter chooses and Enter again transfers.
        <Button look="primary" size="large" icon="arrowRight" autoFocus onClick={() => onForward(service.id, null)}>
          {text('act.forwardTo', { agency: service.agencyName })}
        </Button>
      ) : (
        <p className={classes.chooseFirst}>{text('forward.chooseFirst')}</p>
      )}
    </div>
  )
}

type NextStepFormProps = { step: NextStep; onForward: OnForward; onElsewhere: () => void }

function NextStepForm({ step, onForward, onElsewhere }: NextStepFormProps) {
  const text = useText()
  const mallText = useMallText()
  const [handsOver, setHandsOver] = useState('')
  const { service } = step
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onForward(service.id, handsOver.trim() || null)
      }}
    >
      <div className={classes.destination}>
        <p className={classes.hint}>{text('forward.nextStep')}</p>
        <p className={classes.destinationName}>{mallText(service.name)}</p>
        <p>{text('service.where', { agency: service.agencyName, counters: service.counterNames.join(', ') })}</p>
      </div>
      {step.handsOver && (
        <Field
          label={mallText(step.handsOver.label)}
          hint={text('forward.handsOverHint')}
          value={handsOver}
          onChange={setHandsOver}
          maxLength={100}
          autoFocus
        />
      )}
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large" icon="arrowRight" autoFocus={!step.handsOver}>
          {text('forward.confirm')}
        </Button>
        <Button look="quiet" size="large" onClick={onElsewhere}>
          {text('forward.elsewhere')}
        </Button>
      </div>
    </form>
  )
}
