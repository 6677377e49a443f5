/** The published standard of a service: tariff, time, where. */
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
      <div className={classes.title}>
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
