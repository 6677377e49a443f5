/** What was noted about a visitor so far, and a field for more. A refusal keeps every word in the field. */
import { useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { maskNiks } from '#domain/nik.ts'
import { keptNote, NOTE_LIMIT } from '#domain/note.ts'
import { refOf } from '#renderer/desk/acts.ts'
import dialogs from '#renderer/desk/dialogs.module.css'
import { useNoteDraft } from '#renderer/desk/note-drafts.tsx'
import classes from '#renderer/desk/notes.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { TextAreaField } from '#renderer/ui/text-area-field.tsx'

/** A short note needs no counting. */
const COUNTED_FROM = NOTE_LIMIT * 0.8

export function NoteForm({ desk, about }: DeskFormProps) {
  const text = useText()
  const days = useCatalogue()?.notesDays ?? 0
  const [typed, setTyped] = useNoteDraft(about)
  const [isEmpty, setEmpty] = useState(false)
  if (!about) return null
  const notes = (desk.snapshot.notes ?? []).filter(({ visitId }) => visitId === about.visitId)
  const { length } = keptNote(typed)
  const over = length - NOTE_LIMIT

  const save = async () => {
    if (length === 0) return setEmpty(true)
    if (over > 0 || !(await desk.command.run('queue.note', { ...refOf(about), text: typed }))) return
    setTyped('')
    desk.closeDialog()
  }
  const error = over > 0 ? text('note.tooLong', { over }) : isEmpty ? text('note.empty') : undefined

  return (
    <form
      className={dialogs.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {notes.length > 0 && <WrittenNotes notes={notes} />}
      <div>
        <TextAreaField
          words
          autoFocus
          rows={4}
          label={text('note.label')}
          hint={text('note.hint', { days })}
          error={error}
          value={typed}
          onChange={(value) => {
            setTyped(value)
            setEmpty(false)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return
            event.preventDefault()
            void save()
          }}
        />
        {length > COUNTED_FROM && (
          <p className={classes.count} data-over={over > 0 || undefined}>
            {text('note.count', { length, limit: NOTE_LIMIT })}
          </p>
        )}
      </div>
      {maskNiks(typed) !== typed && (
        <Notice tone="near" title={text('note.nik')}>
          {text('note.nikTodo')}
        </Notice>
      )}
      <Button type="submit" look="primary" size="large" icon="check" shortcut="Ctrl+Enter" busy={desk.command.busy}>
        {text('note.save')}
      </Button>
    </form>
  )
}

function WrittenNotes({ notes }: { notes: NonNullable<DeskSnapshot['notes']> }) {
  const text = useText()
  const { time } = useMallTime()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <ol className={classes.notes} tabIndex={0} aria-label={text('note.written')}>
      {notes.map((note) => (
        <li key={`${note.at}/${note.counterName}/${note.text}`}>
          <p className={classes.by}>
            {text('note.by', { counter: note.counterName, time: time(note.at), officer: note.officerName })}
          </p>
          <p className={classes.text}>{note.text}</p>
        </li>
      ))}
    </ol>
  )
}
