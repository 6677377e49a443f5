import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/desk/today.module.css'
import { useText } from '#renderer/i18n/text.tsx'

const COUNTS = ['called', 'completed', 'forwarded', 'noShow'] as const

export function Today({ today }: { today: DeskSnapshot['today'] }) {
  const text = useText()
  return (
    <footer className={classes.today}>
      <h2 className={classes.title}>{text('today.title')}</h2>
      <dl className={classes.counts}>
        {COUNTS.map((count) => (
          <div key={count} className={classes.count}>
            <dt>{text(`today.${count}`)}</dt>
            <dd>{today[count]}</dd>
          </div>
        ))}
      </dl>
    </footer>
  )
}
