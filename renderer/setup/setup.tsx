/** A new workstation meets its mall server: address, one-time code, a name for this PC, and perhaps another PC's set-up. */
import { type FormEvent, useState } from 'react'
import { parseEnrolmentCode } from '#contract/enrolment-code.ts'
import { Devices } from '#renderer/app/devices-door.tsx'
import { Preferences } from '#renderer/app/preferences.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { MovedCounter } from '#renderer/setup/moved-counter.tsx'
import classes from '#renderer/setup/setup.module.css'
import { useMove } from '#renderer/setup/use-move.ts'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ChooseFile } from '#renderer/ui/choose-file.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Field } from '#renderer/ui/field.tsx'

/** Characters of a PC's name, as the host takes it. */
const LONGEST_NAME = 80

export function Setup() {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const [serverUrl, setServerUrl] = useState('https://')
  const [code, setCode] = useState('')
  const [deviceName, setDeviceName] = useState('')
  const [asked, setAsked] = useState(false)
  const [atDevices, setAtDevices] = useState(false)
  const move = useMove((from) => {
    setServerUrl(from.serverUrl)
    setDeviceName(nameOfPc(from.placeName))
  })
  const wrong = { serverUrl: !isServerUrl(serverUrl), code: !parseEnrolmentCode(code), deviceName: !deviceName.trim() }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (Object.values(wrong).includes(true)) return
    const profile = move.moved?.profile ?? null
    void run('setup.enrol', { serverUrl: serverUrl.trim(), code, deviceName, profile })
  }

  if (atDevices) {
    return <Devices placeName={null} way={{ kind: 'back', to: 'setup', go: () => setAtDevices(false) }} />
  }
  return (
    <main className={classes.setup}>
      <form className={classes.card} onSubmit={submit} noValidate>
        <h1 className={classes.title}>{text('setup.title')}</h1>
        <p className={classes.lead}>{text('setup.lead')}</p>
        {move.moved && <MovedCounter moved={move.moved} onDrop={move.drop} />}
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
          // After a file was read, the code is the one thing left to type.
          key={move.moved ? 'moved' : 'new'}
          label={text('setup.code')}
          hint={text('setup.codeHint')}
          error={asked && wrong.code ? text('setup.codeWrong') : undefined}
          value={code}
          onChange={setCode}
          autoCapitalize="characters"
          autoFocus={move.moved !== null}
        />
        <Field
          label={text('setup.name')}
          hint={text('setup.nameHint')}
          error={asked && wrong.deviceName ? text('setup.nameWrong') : undefined}
          value={deviceName}
          onChange={setDeviceName}
          maxLength={LONGEST_NAME}
        />
        {failure && <FailureNotice failure={failure} />}
        <div className={classes.actions}>
          <Button type="submit" look="primary" size="large" busy={busy}>
            {text(busy ? 'setup.connecting' : 'setup.submit')}
          </Button>
          <Preferences />
        </div>
        {move.failure && <FailureNotice failure={move.failure} />}
        <div className={classes.others}>
          <ChooseFile
            label={text('setup.move')}
            icon="upload"
            look="quiet"
            size="small"
            busy={move.busy}
            onText={move.read}
          >
            {text('setup.move')}
          </ChooseFile>
          <Button look="quiet" size="small" icon="tools" onClick={() => setAtDevices(true)}>
            {text('setup.devices')}
          </Button>
        </div>
      </form>
    </main>
  )
}

/** A place may have a longer name than a PC; a letter of two halves is not cut in two. */
function nameOfPc(placeName: string): string {
  return placeName
    .slice(0, LONGEST_NAME)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()
}

function isServerUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).hostname !== ''
}
