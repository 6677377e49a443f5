/** Tutup Loket: what is still open and what becomes of it, the day in three numbers, and going home in the same breath. */
import { useEffect, useState } from 'react'
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/counter/forms.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClient } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

type Summary = MethodOutput<'counter.daySummary'>
type Fate = 'stay' | 'return' | 'cancel'
type AsideRow = DeskSnapshot['aside'][number]

const FATES: readonly Fate[] = ['stay', 'return', 'cancel']

function fatesOf({ isOfToday }: AsideRow): readonly Fate[] {
  return FATES.filter((fate) => isOfToday || fate !== 'return')
}

export function CloseForm({ desk }: DeskFormProps) {
  const text = useText()
  const { command, snapshot } = desk
  const [fates, setFates] = useState<Readonly<Record<string, Fate>>>({})
  const summary = useSummary()
  /** What was chosen before midnight may not be offered any more. */
  const fateOf = (row: AsideRow): Fate => fatesOf(row).find((fate) => fate === fates[keyOf(row)]) ?? 'stay'

  const close = async ({ andSignOut }: { andSignOut: boolean }) => {
    const settle = snapshot.aside.flatMap((row) => settled(row, fateOf(row)))
    if (!(await command.run('counter.close', { settle }))) return
    desk.closeDialog()
    if (andSignOut) await command.run('session.signOut', {})
  }

  return (
    <div className={classes.form}>
      <DaySummary summary={summary} />
      <OpenThings snapshot={snapshot} />
      {snapshot.aside.length > 0 && (
        <ul className={classes.aside} aria-label={text('close.aside')}>
          {snapshot.aside.map((row) => (
            <li key={keyOf(row)}>
              <SelectField
                label={text(`closeAside.${row.status}`, { label: row.label })}
                value={fateOf(row)}
                options={fatesOf(row).map((value) => ({ value, label: text(`closeFate.${value}`) }))}
                onChange={(fate) => setFates((now) => ({ ...now, [keyOf(row)]: fate }))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.row}>
        <Button
          look="primary"
          size="large"
          autoFocus
          busy={command.busy}
          onClick={() => void close({ andSignOut: true })}
        >
          {text('close.andSignOut')}
        </Button>
        <Button size="large" busy={command.busy} onClick={() => void close({ andSignOut: false })}>
          {text('close.only')}
        </Button>
        <Button size="large" look="quiet" onClick={desk.closeDialog}>
          {text('dialog.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** One sentence for each thing that does not end with the day by itself. */
function OpenThings({ snapshot: { waiting, connection, aside } }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const held = waiting.filter(({ mine }) => mine).length
  const isCut = connection.state === 'offline'
  const lines = [
    held > 0 && text(isCut ? 'close.handKept' : 'close.handReturned', { count: held }),
    connection.unsent > 0 && text('close.unsent', { count: connection.unsent }),
    aside.length > 0 && text('close.asideWords', { count: aside.length }),
  ].filter((line) => line !== false)
  if (lines.length === 0) return <p className={classes.lead}>{text('close.nothingOpen')}</p>
  return (
    <ul className={classes.facts}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function DaySummary({ summary }: { summary: Summary | null }) {
  const text = useText()
  const minutes = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? '–' : text('close.minutes', { minutes: Math.round(ms / 60_000) })
  return (
    <dl className={classes.numbers} aria-label={text('close.today')}>
      <div>
        <dt>{text('close.served')}</dt>
        <dd>{summary?.served ?? '–'}</dd>
      </div>
      <div>
        <dt>{text('close.averageWait')}</dt>
        <dd>{minutes(summary?.averageWaitMs)}</dd>
      </div>
      <div>
        <dt>{text('close.averageServed')}</dt>
        <dd>{minutes(summary?.averageServedMs)}</dd>
      </div>
    </dl>
  )
}

function useSummary(): Summary | null {
  const client = useClient()
  const [summary, setSummary] = useState<Summary | null>(null)
  useEffect(() => {
    let isShown = true
    void client.invoke('counter.daySummary', {}).then((answer) => {
      if (isShown && answer.ok) setSummary(answer.data)
    })
    return () => {
      isShown = false
    }
  }, [client])
  return summary
}

function keyOf({ visitId, entryNo }: AsideRow): string {
  return `${visitId}/${entryNo}`
}

function settled({ visitId, entryNo }: AsideRow, to: Fate): NonNullable<MethodInput<'counter.close'>['settle']> {
  return to === 'stay' ? [] : [{ visitId, entryNo, to }]
}
