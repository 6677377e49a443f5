/** How long it may take and how many numbers are left: help for the visitor, never a promise. Cut off, it says what is limited. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type OutlookProps = {
  snapshot: DeskSnapshot
  serviceId: string
  hasPriority: boolean
  /** When the visitor has an appointment, else null. */
  bookedAt: number | null
}

export function Outlook({ snapshot, serviceId, hasPriority, bookedAt }: OutlookProps) {
  const text = useText()
  const { time } = useMallTime()
  const service = snapshot.frontDesk?.services.find((one) => one.serviceId === serviceId)
  if (!service) return null
  const isOffline = snapshot.connection.state === 'offline'
  const wait = hasPriority ? service.wait?.priority : service.wait?.regular
  const duration = (minutes: number) =>
    minutes >= 60
      ? text('front.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
      : text('service.minutes', { minutes })
  const waitText = () => {
    // By the appointment's time, not by who came before.
    if (bookedAt !== null) return text('checkIn.booked', { time: time(bookedAt) })
    if (!wait) return text('front.noWait')
    if (wait.to <= LONG) return text('front.wait', wait)
    return text('front.longWait', { from: duration(wait.from), to: duration(wait.to) })
  }
  return (
    <div className={classes.outlook}>
      <p className={classes.wait}>
        <Icon name="clock" size={20} />
        <strong>{waitText()}</strong>
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
/** Minutes; nobody counts longer ones in minutes. */
const LONG = 90
