/** Asked once more: a visitor marked absent loses the turn. */
import { refOf } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useSameKey } from '#renderer/desk/use-same-key.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'

export function NoShowForm({ desk, about }: DeskFormProps) {
  const text = useText()
  const calls = desk.snapshot.current?.calls ?? 1
  const confirm = () => about && void desk.send('queue.noShow', refOf(about))
  const key = useSameKey('noShow', confirm)
  return (
    <>
      <p className={classes.lead}>{text('noShow.words', { count: calls })}</p>
      <div className={classes.row}>
        <Button look="primary" size="large" autoFocus shortcut={key} onClick={confirm}>
          {text('noShow.confirm')}
        </Button>
        <Button size="large" onClick={desk.closeDialog}>
          {text('dialog.cancel')}
        </Button>
      </div>
    </>
  )
}
