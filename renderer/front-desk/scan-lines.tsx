/** What became of something that was scanned at the front desk and could not be used at once. */
import { CHECK_IN_KEY } from '#renderer/front-desk/check-in.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

const SAID = {
  slip: ['front.slipScanned', 'front.slipScannedTodo'],
  other: ['front.otherScanned', 'front.otherScannedTodo'],
} as const

export function NoCodeScanned({ what }: { what: keyof typeof SAID }) {
  const text = useText()
  const [title, todo] = SAID[what]
  return (
    <Notice tone="near" title={text(title)}>
      {text(todo)}
    </Notice>
  )
}

type CodeScannedProps = { code: string; isFirst: boolean; onCheck: () => void }

/** A booking code, while another visitor's form or number is on the screen: that stays as it is until somebody says otherwise. */
export function CodeScanned({ code, isFirst, onCheck }: CodeScannedProps) {
  const text = useText()
  useShortcuts({ [CHECK_IN_KEY]: onCheck }, isFirst)
  return (
    <Notice
      tone="near"
      title={text('front.codeScanned', { code })}
      actions={
        <Button size="small" shortcut={isFirst ? CHECK_IN_KEY : undefined} onClick={onCheck}>
          {text('front.checkCode')}
        </Button>
      }
    >
      {text('front.codeScannedTodo')}
    </Notice>
  )
}
