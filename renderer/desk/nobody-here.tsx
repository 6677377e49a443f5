/** Nobody at the desk: closed, somebody waits, or nobody waits. */
import type { DeskSnapshot, Why } from '#contract/snapshot.ts'
import classes from '#renderer/desk/nobody-here.module.css'
import { WhyLine } from '#renderer/desk/why-line.tsx'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { WaitingTime } from '#renderer/queue/waiting-time.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { PriorityMark } from '#renderer/ui/priority-mark.tsx'

type Row = DeskSnapshot['waiting'][number]
type NobodyHereProps = { snapshot: DeskSnapshot; open: boolean; mayServe: boolean; next: Row | undefined }

export function NobodyHere({ snapshot, open, mayServe, next }: NobodyHereProps) {
  const text = useText()
  if (!mayServe) return <Message title={text('desk.noRole')} words={text('desk.noRoleTodo')} />
  if (!open) return <Message title={text('desk.closed')} words={text('desk.closedTodo')} />
  if (next) return <Next row={next} why={next.mine ? snapshot.whyNext : null} />
  if (snapshot.waiting.length > 0) {
    return (
      <Message
        title={text('desk.offlineEmpty')}
        words={text('desk.offlineEmptyTodo', { count: snapshot.waiting.length })}
      />
    )
  }
  return <Message title={text('desk.empty')} words={text('desk.emptyTodo')} />
}

function Message({ title, words }: { title: string; words: string }) {
  return (
    <div className={classes.nobody}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.words}>{words}</p>
    </div>
  )
}

function Next({ row, why }: { row: Row; why: Why | null }) {
  const text = useText()
  const mallText = useMallText()
  const service = useCatalogue()?.services.find(({ id }) => id === row.serviceId)
  return (
    <div className={classes.nobody}>
      <p className={classes.lead}>{text('desk.next')}</p>
      <p className={classes.number}>{row.label}</p>
      <p className={classes.service}>{service ? mallText(service.name) : row.serviceId}</p>
      <p className={classes.facts}>
        {text('desk.waited')}
        <WaitingTime since={row.waitingSince} standardMinutes={service?.standardMinutes ?? null} />
        {row.priority && <PriorityMark group={row.priority} small />}
      </p>
      {why && <WhyLine why={why} />}
    </div>
  )
}
