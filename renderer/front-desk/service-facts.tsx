/** The published standard of a service: tariff, time, where, requirements. */
import classes from '#renderer/front-desk/front-desk.module.css'
import { useRupiah } from '#renderer/i18n/format.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import type { Service } from '#renderer/services/search.ts'

export function ServiceFacts({ service }: { service: Service }) {
  const text = useText()
  const mallText = useMallText()
  const rupiah = useRupiah()
  return (
    <>
      <div>
        <h2 className={classes.serviceName}>{mallText(service.name)}</h2>
        <p className={classes.hint}>{service.agencyName}</p>
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{text('service.tariff')}</dt>
          <dd>{rupiah(service.tariffRupiah)}</dd>
        </div>
        <div>
          <dt>{text('service.standard')}</dt>
          <dd>{text('service.minutes', { minutes: service.standardMinutes })}</dd>
        </div>
        <div>
          <dt>{text('service.counters')}</dt>
          <dd>{service.counterNames.join(', ')}</dd>
        </div>
      </dl>
    </>
  )
}

export function ServiceRequirements({ service }: { service: Service }) {
  const text = useText()
  return (
    <div>
      <h3 className={classes.subtitle}>{text('service.requirements')}</h3>
      {service.requirements.length > 0 ? (
        <ul className={classes.requirements}>
          {service.requirements.map((requirement) => (
            <li key={requirement}>{requirement}</li>
          ))}
        </ul>
      ) : (
        <p className={classes.hint}>{text('service.noRequirements')}</p>
      )}
    </div>
  )
}
