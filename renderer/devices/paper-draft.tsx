/** A draft of the mall's templates to look at and to print once. It is never saved here: templates belong into the mall's configuration. */
import { useState } from 'react'
import classes from '#renderer/devices/devices.module.css'
import { jsonProblem, readJson } from '#renderer/devices/schema-rules.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { ChooseFile } from '#renderer/ui/choose-file.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { TextAreaField } from '#renderer/ui/text-area-field.tsx'

type Papers = Record<string, unknown>

/** Null: the templates in force. */
export function PaperDraft({ onPapers }: { onPapers: (papers: Papers | null) => void }) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [isTooLarge, setIsTooLarge] = useState(false)
  const value = typed.trim() === '' ? null : readJson(typed)
  const change = (next: string) => {
    setTyped(next)
    setIsTooLarge(false)
    const papers = next.trim() === '' ? null : papersOf(readJson(next))
    if (papers || next.trim() === '') onPapers(papers)
  }
  const error = isTooLarge
    ? text('paper.fileUnreadable')
    : typeof value === 'string'
      ? text('rule.json', { detail: jsonProblem(value) })
      : value !== null && !papersOf(value)
        ? text('paper.notAnObject')
        : undefined
  return (
    <Disclosure title={text('paper.draft')} summary={typed.trim() === '' ? '' : text('paper.draftShown')}>
      <p className={classes.hint}>{text('paper.draftWhere')}</p>
      <TextAreaField
        label={text('paper.draftJson')}
        hint={text('paper.draftHint')}
        error={error}
        rows={6}
        value={typed}
        onChange={change}
      />
      <div className={classes.row}>
        <ChooseFile
          label={text('paper.chooseFile')}
          icon="upload"
          size="small"
          onText={(content) => {
            if (content === null) setIsTooLarge(true)
            else change(content)
          }}
        >
          {text('paper.chooseFile')}
        </ChooseFile>
        <Button look="quiet" size="small" onClick={() => change('')}>
          {text('paper.inForce')}
        </Button>
      </div>
    </Disclosure>
  )
}

/** The templates themselves, also out of a whole configuration of a mall. */
function papersOf(value: unknown): Papers | null {
  if (!isRecord(value)) return null
  return isRecord(value.papers) ? value.papers : value
}

function isRecord(value: unknown): value is Papers {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
