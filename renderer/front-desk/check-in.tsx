/** Check-in: a booking code, typed or scanned, becomes the form of its service. */
import { type FormEvent, useRef, useState } from 'react'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export type Booked = { code: string; serviceId: string; at: number }

const CHECK_IN_KEY = 'F7'

export function CheckIn({ onFound }: { onFound: (booked: Booked) => void }) {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useShortcuts({ [CHECK_IN_KEY]: () => field.current?.focus() }, true)
  const find = async (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() === '') return
    const found = await run('appointment.find', { code })
    if (found) return onFound(found)
    // The next scan takes the place of what was refused.
    field.current?.select()
  }
  return (
    <form className={classes.checkIn} onSubmit={(event) => void find(event)}>
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
