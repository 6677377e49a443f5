/** This counter on another PC: a file with its set-up, and what to do with it. */
import { useState } from 'react'
import classes from '#renderer/devices/devices.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { downloadText } from '#renderer/ui/download.ts'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type MoveSectionProps = { isEnrolled: boolean; isChanged: boolean }

export function MoveSection({ isEnrolled, isChanged }: MoveSectionProps) {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const [fileName, setFileName] = useState<string | null>(null)
  if (!isEnrolled) {
    return (
      <div className={classes.empty}>
        <Icon name="move" size={56} />
        <h2 className={classes.title}>{text('move.notYet')}</h2>
        <p className={classes.hint}>{text('move.notYetTodo')}</p>
      </div>
    )
  }
  const take = async () => {
    const file = await run('devices.export', {})
    if (!file) return
    downloadText(file.fileName, file.text)
    setFileName(file.fileName)
  }
  return (
    <div className={`${classes.card} ${classes.narrow}`}>
      <h2 className={classes.title}>{text('move.title')}</h2>
      <p>{text('move.holds')}</p>
      <p>{text('move.never')}</p>
      {isChanged && <Notice tone="near" title={text('move.unsaved')} />}
      <div className={classes.row}>
        <Button look="primary" icon="download" busy={busy} onClick={() => void take()}>
          {text('move.export')}
        </Button>
      </div>
      {failure && <FailureNotice failure={failure} />}
      {fileName && <Notice tone="info" title={text('move.exported', { fileName })} />}
      <h3 className={classes.legend}>{text('move.steps')}</h3>
      <ol className={classes.steps}>
        <li>{text('move.step1')}</li>
        <li>{text('move.step2')}</li>
        <li>{text('move.step3')}</li>
      </ol>
    </div>
  )
}
