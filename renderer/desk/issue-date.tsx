/**
 * The day on which a letter was issued, typed as it stands there: day, month, year. Not the browser's own date field, whose order
 * follows the language of the PC. A letter that is no longer good is remarked on, not refused: the next desk decides.
 */
import { type Ref, useState } from 'react'
import { dayFirst, readDayFirst } from '#domain/calendar-date.ts'
import { validity } from '#domain/handed-over.ts'
import classes from '#renderer/desk/issue-date.module.css'
import { useCalendarDate, useToday } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type IssueDateProps = {
  field: Ref<HTMLInputElement>
  validDays: number
  /** YYYY-MM-DD, or empty while what is typed is no date of a letter. */
  value: string
  isMissing: boolean
  onChange: (date: string) => void
}

export function IssueDate({ field, validDays, value, isMissing, onChange }: IssueDateProps) {
  const text = useText()
  const date = useCalendarDate()
  const today = useToday()
  const [typed, setTyped] = useState(() => dayFirst(value))
  const [isLeft, setLeft] = useState(false)
  const read = readDayFirst(typed)
  const isAhead = read !== null && read > today
  const good = read !== null && !isAhead ? validity(read, validDays, today) : null

  const problem = () => {
    if (isAhead) return text('forward.issuedOnAhead', { issued: date(read) })
    if (typed.trim() === '') return isMissing ? text('forward.issuedOnMissing') : undefined
    return read === null && (isLeft || isMissing) ? text('forward.issuedOnUnreadable') : undefined
  }
  const type = (next: string) => {
    setTyped(next)
    setLeft(false)
    const day = readDayFirst(next)
    onChange(day !== null && day <= today ? day : '')
  }
  const leave = () => {
    setLeft(true)
    if (read !== null) setTyped(dayFirst(read))
  }
  return (
    <>
      <div className={classes.date}>
        <Field
          ref={field}
          label={text('forward.issuedOn')}
          hint={
            good && !good.isOver
              ? text('forward.validUntil', { until: date(good.until), issued: date(good.issuedOn) })
              : text('forward.issuedOnHint', { days: validDays })
          }
          error={problem()}
          placeholder={text('forward.issuedOnShape')}
          inputMode="numeric"
          maxLength={20}
          value={typed}
          onChange={type}
          // Typing replaces the whole date.
          onFocus={(event) => event.target.select()}
          onBlur={leave}
        />
      </div>
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
