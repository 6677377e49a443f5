/** Check-in: a booking code, typed or scanned, becomes the form of its service. */
import { type FormEvent, useRef, useState } from 'react'
import type { Failure } from '#contract/desk-api.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export type Booked = { code: string; serviceId: string; at: number }

export const CHECK_IN_KEY = 'F7'

export type CheckInControl = {
  code: string
  busy: boolean
  failure: Failure | null
  /** Puts it into the field, where it waits to be looked for. */
  setCode(code: string): void
  /** Answers whether it was found. */
  find(code: string): Promise<boolean>
}

/** Lives as long as the front desk: a code may be scanned while its field is not to be seen. */
export function useCheckIn(onFound: (booked: Booked) => void): CheckInControl {
  const { run, busy, failure, clear } = useCommand()
  const [code, setCode] = useState('')
  return {
    code,
    busy,
    failure,
    setCode(next) {
      clear()
      setCode(next)
    },
    async find(asked) {
      setCode(asked)
      const found = await run('appointment.find', { code: asked })
      if (found) onFound(found)
      return found !== null
    },
  }
}

export function CheckIn({ checkIn }: { checkIn: CheckInControl }) {
  const text = useText()
  const { code, busy, failure, setCode, find } = checkIn
  const field = useRef<HTMLInputElement>(null)
  useShortcuts({ [CHECK_IN_KEY]: () => field.current?.focus() }, true)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() === '') return
    // The next scan takes the place of what was refused.
    if (!(await find(code))) field.current?.select()
  }
  return (
    <form className={classes.checkIn} onSubmit={(event) => void submit(event)}>
      <Field ref={field} label={text('checkIn.code')} hint={text('checkIn.hint')} value={code} onChange={setCode} />
      <div>
        <Button type="submit" shortcut={CHECK_IN_KEY} busy={busy}>
          {text('checkIn.find')}
        </Button>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </form>
  )
}
