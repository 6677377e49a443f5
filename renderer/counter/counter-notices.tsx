/** Above the lists: a pause by the mall's schedule that is near, and which services the counter takes when it takes not all. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { useCatalogue, useClock } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type PauseAheadView = NonNullable<DeskSnapshot['pauseAhead']>

const PUT_OFF_MINUTES = 15

export function CounterNotices({ desk }: { desk: DeskControl }) {
  const { open, pauseAhead, takes, place } = desk.snapshot
  const takesSome = open && takes.length < (place?.serviceIds.length ?? 0)
  return (
    <>
      {pauseAhead && <PauseAhead ahead={pauseAhead} desk={desk} />}
      {takesSome && <TakesSome desk={desk} />}
    </>
  )
}

function PauseAhead({ ahead, desk }: { ahead: PauseAheadView; desk: DeskControl }) {
  const text = useText()
  const { time } = useMallTime()
  const minutes = useClock((now) => Math.max(0, Math.ceil((ahead.at - now) / 60_000)))
  const { from, at, to } = ahead
  const later = at + PUT_OFF_MINUTES * 60_000
  const reason = text(`pauseReason.${ahead.reason}`)
  const putOff = (until: number) => void desk.send('counter.putOffPause', { from, until })
  const acts = (
    <>
      {later < to && (
        <Button size="small" busy={desk.command.busy} onClick={() => putOff(later)}>
          {text('pauseAhead.later', { minutes: PUT_OFF_MINUTES })}
        </Button>
      )}
      <Button size="small" busy={desk.command.busy} onClick={() => putOff(to)}>
        {text('pauseAhead.skip')}
      </Button>
    </>
  )
  return minutes > 0 ? (
    <Notice tone="info" title={text('pauseAhead.soon', { reason, minutes })} actions={acts}>
      {text('pauseAhead.when', { time: time(at), to: time(to) })}
    </Notice>
  ) : (
    <Notice tone="info" title={text('pauseAhead.now', { reason, to: time(to) })} actions={acts}>
      {text('pauseAhead.afterVisitor')}
    </Notice>
  )
}

function TakesSome({ desk }: { desk: DeskControl }) {
  const text = useText()
  const mallText = useMallText()
  const services = useCatalogue()?.services
  const { takes, place } = desk.snapshot
  const names = takes.map((id) => {
    const service = services?.find((one) => one.id === id)
    return service ? mallText(service.name) : id
  })
  return (
    <Notice
      tone="info"
      title={text('taking.some', { count: takes.length, of: place?.serviceIds.length ?? 0 })}
      actions={
        desk.more.includes('services') && (
          <Button size="small" onClick={() => desk.press('services')}>
            {text('taking.change')}
          </Button>
        )
      }
    >
      {names.join(', ')}
    </Notice>
  )
}
