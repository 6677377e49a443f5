/** How long it may take and how many numbers are left: help for the visitor, never a promise. Cut off, it says what is limited. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type OutlookProps = { snapshot: DeskSnapshot; serviceId: string; hasPriority: boolean }

export function Outlook({ snapshot, serviceId, hasPriority }: OutlookProps) {
  const text = useText()
  const service = snapshot.frontDesk?.services.find((one) => one.serviceId === serviceId)
  if (!service) return null
  const isOffline = snapshot.connection.state === 'offline'
  const wait = hasPriority ? service.wait?.priority : service.wait?.regular
  return (
    <div className={classes.outlook}>
      <p className={classes.wait}>
        <Icon name="clock" size={20} />
        <strong>{wait ? text('front.wait', wait) : text('front.noWait')}</strong>
        {!isOffline && <span>{text('front.waiting', { count: service.waiting })}</span>}
        {service.quotaLeft !== null && (
          <span className={classes.quota} data-low={service.quotaLeft <= LOW || undefined}>
            {text('front.quotaLeft', { count: service.quotaLeft })}
          </span>
        )}
      </p>
      {isOffline && <p className={classes.hint}>{text('front.offline', { count: service.numbersLeft })}</p>}
    </div>
  )
}

/** From here on a front desk had better say so before the visitor decides. */
const LOW = 5
