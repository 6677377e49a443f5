/** The visitor at the desk: number, service, how long it takes. Readable from two metres. */
import type { CSSProperties } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/desk/current-entry.module.css'
import { HandedOver } from '#renderer/desk/handed-over.tsx'
import { Stopwatch } from '#renderer/desk/stopwatch.tsx'
import { WhyLine } from '#renderer/desk/why-line.tsx'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { PriorityMark } from '#renderer/ui/priority-mark.tsx'

type Current = NonNullable<DeskSnapshot['current']>

export function CurrentEntry({ current }: { current: Current }) {
  const text = useText()
  const mallText = useMallText()
  const catalogue = useCatalogue()
  const service = catalogue?.services.find(({ id }) => id === current.serviceId)
  const journey = catalogue?.journeys.find(({ id }) => id === current.journeyId)
  return (
    <article className={classes.entry} data-status={current.status}>
      <div className={classes.marks}>
        <span className={classes.status}>
          <Icon name={current.status === 'called' ? 'repeat' : 'person'} size={22} />
          {text(`status.${current.status}`, { calls: current.calls })}
        </span>
        {current.priority && <PriorityMark group={current.priority} />}
      </div>
      <div className={classes.numberBox}>
        <p className={classes.number} style={{ '--chars': current.label.length } as CSSProperties}>
          {current.label}
        </p>
      </div>
      <div className={classes.about}>
        <div className={classes.service}>
          <p className={classes.serviceName}>{service ? mallText(service.name) : current.serviceId}</p>
          {journey && (
            <p className={classes.journey}>
              {text('desk.journeyStep', {
                journey: mallText(journey.name),
                step: journey.steps.findIndex((step) => step.serviceId === current.serviceId) + 1,
                steps: journey.steps.length,
              })}
            </p>
          )}
        </div>
        <Stopwatch current={current} standardMinutes={service?.standardMinutes ?? null} />
      </div>
      {current.returnsTo !== null && (
        <p className={classes.wayBack}>{text('desk.returnsTo', { counter: current.returnsTo })}</p>
      )}
      <WhyLine why={current.why} />
      {current.prerequisites.length > 0 && (
        <dl className={classes.facts}>
          {current.prerequisites.map((one) => (
            <HandedOver key={one.key} handed={one} current={current} />
          ))}
        </dl>
      )}
    </article>
  )
}
