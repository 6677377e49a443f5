/** What became of something that was scanned at the front desk and could not be used at once. */
import { CHECK_IN_KEY } from '#renderer/front-desk/check-in.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export function SlipScanned() {
  const text = useText()
  return (
    <Notice tone="near" title={text('front.slipScanned')}>
      {text('front.slipScannedTodo')}
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
