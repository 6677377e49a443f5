/** The newest note about the visitor at the desk; all of them are one press away. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { ACTS } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/notes.module.css'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'

export function NotesLine({ desk }: { desk: DeskControl }) {
  const text = useText()
  const { time } = useMallTime()
  const notes = notesAtDesk(desk.snapshot)
  const newest = notes.at(-1)
  if (!newest) return null
  const { counterName: counter, officerName: officer, at } = newest
  return (
    <div className={classes.line}>
      <div className={classes.newest}>
        <p className={classes.by}>{text('note.by', { counter, officer, time: time(at) })}</p>
        <p className={classes.clamped} title={newest.text}>
          {newest.text}
        </p>
      </div>
      <Button
        size="small"
        icon={ACTS.note.icon}
        {...(ACTS.note.key && { shortcut: ACTS.note.key })}
        onClick={() => desk.press('note')}
      >
        {text('note.all', { count: notes.length })}
      </Button>
    </div>
  )
}

function notesAtDesk({ current, notes }: DeskSnapshot): NonNullable<DeskSnapshot['notes']> {
  return current && notes ? notes.filter(({ visitId }) => visitId === current.visitId) : []
}
