/** Lines below the bar: what can be taken back, what comes by itself, what it asks, what was refused, keys of another program. */
import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Failure } from '#contract/desk-api.ts'
import { Outcome } from '#contract/events.ts'
import classes from '#renderer/bar/bar.module.css'
import type { BarControl } from '#renderer/bar/use-bar.ts'
import { useShowDesk } from '#renderer/bar/use-views.ts'
import { AutoCallLine } from '#renderer/desk/auto-call-line.tsx'
import { useKeys } from '#renderer/desk/keys.ts'
import { UndoLine } from '#renderer/desk/undo-line.tsx'
import { useExplain } from '#renderer/i18n/explain.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useShortcutSettings } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { useEnterGuard } from '#renderer/ui/use-enter-guard.ts'

export function BarLines({ bar }: { bar: BarControl }) {
  const { asking, command, snapshot } = bar.desk
  const { autoCall, session } = bar
  const { undo } = snapshot
  const between = `${classes.line} ${classes.between}`
  return (
    <>
      {undo && undo.kind !== 'call' && <UndoLine undo={undo} desk={bar.desk} className={between} />}
      {autoCall.seconds !== null && (
        <AutoCallLine seconds={autoCall.seconds} onCancel={autoCall.cancel} className={between} />
      )}
      {asking && <Question key={asking.id} bar={bar} dialog={asking.dialog} label={asking.about?.label ?? ''} />}
      {command.failure && <Refusal failure={command.failure} onClose={command.clear} />}
      {session.failure && <Refusal failure={session.failure} onClose={session.clear} />}
      <RefusedKeys />
    </>
  )
}

type QuestionProps = { bar: BarControl; dialog: string; label: string }

function Question({ bar, dialog, label }: QuestionProps) {
  const text = useText()
  const keyOf = useKeys()
  const row = useRef<HTMLFieldSetElement>(null)
  const guard = useEnterGuard(dialog)
  // Without the window in front this moves nobody's focus: it only says where the next Enter would go.
  useEffect(() => row.current?.querySelector('button')?.focus(), [])
  const isOutcome = dialog === 'complete'
  const scan = useScanRefused()
  const { happened, todo } = useExplain()(scan.code)
  return (
    <>
      <fieldset ref={row} {...guard} className={classes.line}>
        <VisuallyHidden component="legend">
          {text(isOutcome ? 'complete.title' : 'bar.noShow', { label })}
        </VisuallyHidden>
        <span className={classes.question} aria-hidden="true">
          {isOutcome ? text('bar.outcome') : text('bar.noShow', { label })}
        </span>
        {isOutcome ? (
          Outcome.options.map((outcome, index) => (
            <Button
              key={outcome}
              size="small"
              {...(index === 0 && { look: 'primary', shortcut: keyOf('complete') })}
              onClick={() => bar.complete(outcome)}
            >
              {text(`outcome.${outcome}`)}
            </Button>
          ))
        ) : (
          <Button size="small" look="primary" shortcut={keyOf('noShow')} onClick={bar.noShow}>
            {text('noShow.confirm')}
          </Button>
        )}
        <Button
          size="small"
          look="quiet"
          icon="close"
          aria-label={text('dialog.cancel')}
          title={`${text('dialog.cancel')} · Esc`}
          onClick={bar.desk.closeDialog}
        />
      </fieldset>
      {scan.count > 0 && (
        <div key={scan.count} className={classes.line} data-tone="near">
          <p className={classes.said} role="alert">
            <strong>{happened}</strong> {todo}
          </p>
        </div>
      )}
    </>
  )
}

function Refusal({ failure, onClose }: { failure: Failure; onClose: () => void }) {
  const text = useText()
  const { happened, todo } = useExplain()(failure.code, failure.detail)
  return (
    <div className={classes.line} data-tone="near">
      <p className={classes.said} role="alert" title={text('notice.code', { code: failure.code })}>
        <strong>{happened}</strong> {todo}
      </p>
      <Button size="small" look="quiet" icon="close" aria-label={text('dialog.close')} onClick={onClose} />
    </div>
  )
}

function RefusedKeys() {
  const text = useText()
  const showDesk = useShowDesk()
  const shortcuts = useShortcutSettings()
  const [read, setRead] = useState('')
  const keys = shortcuts?.refused.map((act) => shortcuts.keys[act]).join(', ') ?? ''
  if (keys === read) return null
  return (
    <div className={classes.line} data-tone="near">
      <Icon name="alert" size={18} />
      <p className={classes.said} role="status">
        {text('bar.keysElsewhere', { keys })}
      </p>
      <Button size="small" onClick={() => showDesk(null)}>
        {text('bar.toDesk')}
      </Button>
      <Button size="small" look="quiet" icon="close" aria-label={text('dialog.close')} onClick={() => setRead(keys)} />
    </div>
  )
}
