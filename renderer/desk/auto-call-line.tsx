/** The next one will be called by itself; Escape or the button keeps that from happening. */
import classes from '#renderer/desk/desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export function AutoCallLine({ seconds, onCancel }: { seconds: number; onCancel: () => void }) {
  const text = useText()
  useShortcuts({ Escape: onCancel }, true)
  return (
    <div className={classes.line} role="status">
      <p>{text('autoCall.seconds', { seconds })}</p>
      <Button size="small" icon="close" shortcut="Esc" onClick={onCancel}>
        {text('autoCall.cancel')}
      </Button>
    </div>
  )
}
