/** A slip that is shown at this desk: scanned, or its number and the six characters under it typed. */
import { useState } from 'react'
import { Label } from '#contract/events.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'

const CODE_LENGTH = 6

export function PresentForm({ desk }: DeskFormProps) {
  const text = useText()
  const { run, busy } = desk.command
  const [label, setLabel] = useState('')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<'label' | 'code' | null>(null)

  const present = async () => {
    const number = Label.safeParse(labelOf(label))
    if (!number.success) return setWrong('label')
    if (codeOf(code).length !== CODE_LENGTH) return setWrong('code')
    const presented = await run('queue.present', { slip: { label: number.data, code: codeOf(code) } })
    if (presented) desk.closeDialog()
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void present()
      }}
    >
      <p>{text('present.words')}</p>
      <Field
        label={text('present.label')}
        hint={text('present.labelHint')}
        error={wrong === 'label' ? text('present.labelWrong') : undefined}
        value={label}
        onChange={(value) => {
          setLabel(value)
          setWrong(null)
        }}
        maxLength={20}
        autoCapitalize="characters"
        autoFocus
      />
      <Field
        label={text('present.code')}
        hint={text('present.codeHint')}
        error={wrong === 'code' ? text('present.codeWrong') : undefined}
        value={code}
        onChange={(value) => {
          setCode(value)
          setWrong(null)
        }}
        maxLength={12}
        autoCapitalize="characters"
      />
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large" busy={busy}>
          {text('present.confirm')}
        </Button>
      </div>
    </form>
  )
}

/** As people type it: small letters, blanks, no hyphen. */
function labelOf(typed: string): string {
  const text = typed.toUpperCase().replace(/\s/g, '')
  return text.includes('-') ? text : text.replace(/^([0-9]?[A-Z]{1,3})([0-9]{2,})$/, '$1-$2')
}

function codeOf(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '')
}
