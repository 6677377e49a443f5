/** A new workstation meets its mall server: address, one-time code, a name for this PC. */
import { type FormEvent, useState } from 'react'
import { parseEnrolmentCode } from '#contract/enrolment-code.ts'
import { Preferences } from '#renderer/app/preferences.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/setup/setup.module.css'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Field } from '#renderer/ui/field.tsx'

export function Setup() {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const [serverUrl, setServerUrl] = useState('https://')
  const [code, setCode] = useState('')
  const [deviceName, setDeviceName] = useState('')
  const [asked, setAsked] = useState(false)
  const wrong = { serverUrl: !isServerUrl(serverUrl), code: !parseEnrolmentCode(code), deviceName: !deviceName.trim() }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!Object.values(wrong).includes(true)) void run('setup.enrol', { serverUrl: serverUrl.trim(), code, deviceName })
  }

  return (
    <main className={classes.setup}>
      <form className={classes.card} onSubmit={submit} noValidate>
        <h1 className={classes.title}>{text('setup.title')}</h1>
        <p className={classes.lead}>{text('setup.lead')}</p>
        <Field
          label={text('setup.server')}
          hint={text('setup.serverHint')}
          error={asked && wrong.serverUrl ? text('setup.serverWrong') : undefined}
          value={serverUrl}
          onChange={setServerUrl}
          inputMode="url"
          autoFocus
        />
        <Field
          label={text('setup.code')}
          hint={text('setup.codeHint')}
          error={asked && wrong.code ? text('setup.codeWrong') : undefined}
          value={code}
          onChange={setCode}
          autoCapitalize="characters"
        />
        <Field
          label={text('setup.name')}
          hint={text('setup.nameHint')}
          error={asked && wrong.deviceName ? text('setup.nameWrong') : undefined}
          value={deviceName}
          onChange={setDeviceName}
          maxLength={80}
        />
        {failure && <FailureNotice failure={failure} />}
        <div className={classes.actions}>
          <Button type="submit" look="primary" size="large" busy={busy}>
            {text(busy ? 'setup.connecting' : 'setup.submit')}
          </Button>
          <Preferences />
        </div>
      </form>
    </main>
  )
}

function isServerUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).hostname !== ''
}
