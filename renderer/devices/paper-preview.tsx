/** Asked of the host a moment after the last change; sample data, nothing is printed. */
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { Failure, MethodInput, MethodOutput } from '#contract/desk-api.ts'
import classes from '#renderer/devices/devices.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Paper } from '#renderer/panel/paper.tsx'
import { useClient } from '#renderer/state/context.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

export type PaperKind = MethodInput<'devices.previewPaper'>['paper']

const AFTER_MS = 300

/** `papers` is a draft of the mall's templates; null for those in force. */
export function PaperPreview(asked: MethodInput<'devices.previewPaper'>) {
  const text = useText()
  const { preview, failure } = usePaper(asked)
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      {preview && preview.problems.length > 0 && (
        <Notice tone="near" role="alert" title={text('paper.problems', { count: preview.problems.length })}>
          <Places problems={preview.problems} />
        </Notice>
      )}
      {preview && preview.warnings.length > 0 && (
        <Notice tone="info" title={text('paper.warnings')}>
          <Places problems={preview.warnings} />
        </Notice>
      )}
      {preview?.picture && (
        <div className={classes.paper} data-width={asked.width}>
          <Paper paper={preview.picture} label={text(`paper.${asked.paper}`)} />
        </div>
      )}
    </>
  )
}

function Places({ problems }: { problems: { at: string; rule: string }[] }) {
  const text = useText()
  return problems.map(({ at, rule }) => (
    <span key={`${at}/${rule}`} className={classes.problem}>
      {text('devices.problem', { place: at || text('paper.wholeDraft'), rule })}
    </span>
  ))
}

function usePaper(asked: MethodInput<'devices.previewPaper'>) {
  const client = useClient()
  const [preview, setPreview] = useState<MethodOutput<'devices.previewPaper'> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [question] = useDebouncedValue(JSON.stringify(asked), AFTER_MS)
  useEffect(() => {
    let isNewest = true
    const ask = async () => {
      const answer = await client.invoke('devices.previewPaper', JSON.parse(question))
      if (!isNewest) return
      setFailure(answer.ok ? null : answer)
      if (answer.ok) setPreview(answer.data)
    }
    void ask()
    return () => {
      isNewest = false
    }
  }, [question, client])
  return { preview, failure }
}
