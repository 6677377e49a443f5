/** What an earlier desk handed over, and whether it is still good: of a letter that is valid for some days only. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/desk/current-entry.module.css'
import { handedOverAs } from '#renderer/desk/next-step.ts'
import { useCalendarDate } from '#renderer/i18n/format.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type Current = NonNullable<DeskSnapshot['current']>
type Handed = Current['prerequisites'][number]

export function HandedOver({ handed, current }: { handed: Handed; current: Current }) {
  const mallText = useMallText()
  const as = handedOverAs(useCatalogue(), current, handed.key)
  return (
    <div>
      <dt>{as ? mallText(as.label) : handed.key}</dt>
      <dd>
        {handed.value}
        {as?.validDays != null && <Validity validity={handed.validity} />}
      </dd>
    </div>
  )
}

function Validity({ validity }: { validity: Handed['validity'] }) {
  const text = useText()
  const date = useCalendarDate()
  if (!validity) {
    return (
      <span className={classes.validity} data-over>
        <Icon name="alert" size={18} />
        {text('handedOver.noDate')}
      </span>
    )
  }
  return (
    <span className={classes.validity} data-over={validity.isOver || undefined}>
      {validity.isOver && <Icon name="alert" size={18} />}
      {text(validity.isOver ? 'handedOver.over' : 'handedOver.until', { until: date(validity.until) })}
    </span>
  )
}
