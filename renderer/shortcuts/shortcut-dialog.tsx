/** Which keys the acts have on this PC, and when they count in other programs, too. */
import { useState } from 'react'
import type { Failure } from '#contract/desk-api.ts'
import {
  DEFAULT_SHORTCUTS,
  ShortcutAct,
  ShortcutScope,
  type ShortcutSettings,
  type Shortcuts,
} from '#contract/shortcuts.ts'
import { MORE_KEY } from '#renderer/desk/more-menu.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { ScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { keyClashes } from '#renderer/shortcuts/key-clashes.ts'
import classes from '#renderer/shortcuts/shortcut-dialog.module.css'
import { useClient } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

const FUNCTION_KEYS = Array.from({ length: 12 }, (_, index) => `F${index + 1}`)
const HELD = ['', 'Ctrl+', 'Shift+', 'Ctrl+Shift+']
/** Lainnya is no act that would be named as the other meaning. */
const KEYS = HELD.flatMap((held) => FUNCTION_KEYS.map((key) => `${held}${key}`)).filter((key) => key !== MORE_KEY)

type ShortcutDialogProps = { open: boolean; shortcuts: Shortcuts; onClose: () => void }

export function ShortcutDialog({ open, shortcuts, onClose }: ShortcutDialogProps) {
  const text = useText()
  return (
    <Dialog open={open} title={text('shortcuts.title')} onClose={onClose} wide>
      <ScanRefused />
      <ShortcutForm shortcuts={shortcuts} onClose={onClose} />
    </Dialog>
  )
}

function ShortcutForm({ shortcuts, onClose }: Omit<ShortcutDialogProps, 'open'>) {
  const text = useText()
  const client = useClient()
  const [draft, setDraft] = useState<ShortcutSettings>({ keys: shortcuts.keys, scope: shortcuts.scope })
  /** Keys that another program has, until others are chosen. */
  const [refused, setRefused] = useState<readonly ShortcutAct[]>(shortcuts.refused)
  const [failure, setFailure] = useState<Failure | null>(null)
  const clashes = keyClashes(draft.keys)
  const change = (next: ShortcutSettings) => {
    setDraft(next)
    setRefused([])
  }

  const save = async () => {
    if (Object.keys(clashes).length > 0) return
    setFailure(null)
    const result = await client.invoke('shell.setShortcuts', draft)
    if (!result.ok) setFailure(result)
    else if (result.data.refused.length > 0) setRefused(result.data.refused)
    else onClose()
  }
  const errorOf = (act: ShortcutAct) => {
    const other = clashes[act]
    if (other) return text('shortcuts.taken', { act: text(`act.${other}`) })
    return refused.includes(act) ? text('shortcuts.refused') : undefined
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p>{text('shortcuts.words')}</p>
      <div className={classes.keys}>
        {ShortcutAct.options.map((act) => (
          <SelectField
            key={act}
            label={text(`act.${act}`)}
            value={draft.keys[act]}
            options={KEYS.map((key) => ({ value: key, label: key }))}
            onChange={(key) => change({ ...draft, keys: { ...draft.keys, [act]: key } })}
            error={errorOf(act)}
          />
        ))}
      </div>
      <ChoiceGroup
        legend={text('shortcuts.scope')}
        options={ShortcutScope.options.map((value) => ({ value, label: text(`shortcuts.${value}`) }))}
        value={draft.scope}
        onChange={(scope) => scope && change({ ...draft, scope })}
      />
      {failure && <FailureNotice failure={failure} />}
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large">
          {text('shortcuts.save')}
        </Button>
        <Button size="large" look="quiet" onClick={() => change(DEFAULT_SHORTCUTS)}>
          {text('shortcuts.usual')}
        </Button>
      </div>
    </form>
  )
}
