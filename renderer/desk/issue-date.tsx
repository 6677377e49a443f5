/** The day on which a letter was issued. One that is no longer good is remarked on, not refused: the next desk decides. */
import type { Ref } from 'react'
import { isCalendarDate } from '#domain/calendar-date.ts'
import { validity } from '#domain/handed-over.ts'
import { useCalendarDate, useToday } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type IssueDateProps = {
  field: Ref<HTMLInputElement>
  validDays: number
  value: string
  isMissing: boolean
  onChange: (date: string) => void
}

export function IssueDate({ field, validDays, value, isMissing, onChange }: IssueDateProps) {
  const text = useText()
  const date = useCalendarDate()
  const today = useToday()
  const good = isCalendarDate(value) ? validity(value, validDays, today) : null
  return (
    <>
      <Field
        ref={field}
        type="date"
        label={text('forward.issuedOn')}
        hint={
          good && !good.isOver
            ? text('forward.validUntil', { until: date(good.until), issued: date(good.issuedOn) })
            : text('forward.issuedOnHint', { days: validDays })
        }
        error={isMissing ? text('forward.issuedOnMissing') : undefined}
        max={today}
        value={value}
        onChange={onChange}
      />
      {good?.isOver && (
        <Notice
          tone="near"
          title={text('forward.issuedOver', { until: date(good.until), issued: date(good.issuedOn) })}
        >
          {text('forward.issuedOnOver')}
        </Notice>
      )}
    </>
  )
}
