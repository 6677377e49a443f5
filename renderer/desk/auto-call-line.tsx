/** The next one will be called by itself; Escape or the button keeps that from happening. */
import classes from '#renderer/desk/desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

type AutoCallLineProps = { seconds: number; onCancel: () => void; className?: string | undefined }

export function AutoCallLine({ seconds, onCancel, className = classes.line }: AutoCallLineProps) {
  const text = useText()
  useShortcuts({ Escape: onCancel }, true)
  return (
    <div className={className} role="status">
      <p>{text('autoCall.seconds', { seconds })}</p>
      <Button size="small" icon="close" shortcut="Esc" onClick={onCancel}>
        {text('autoCall.cancel')}
      </Button>
    </div>
  )
}
