/** The mall in one laptop has no hardware; this shows what its devices would show and print. */
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/panel/device-panel.module.css'
import { DotMatrix } from '#renderer/panel/dot-matrix.tsx'
import { Paper } from '#renderer/panel/paper.tsx'
import { usePanel } from '#renderer/state/context.tsx'

export function DevicePanel() {
  const text = useText()
  const { time } = useMallTime()
  const panel = usePanel()
  const prints = panel?.prints ?? []
  return (
    <aside className={classes.panel} aria-label={text('laptop.panel')}>
      {panel?.displays.map(({ driver, shown, hex }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is that of the set-up
        <section key={index}>
          <h2 className={classes.title}>{text('panel.led')}</h2>
          <div className={classes.led}>
            <DotMatrix text={shown} />
          </div>
          <p className={classes.bytes}>
            {driver}
            <span className={classes.hex}>{hex}</span>
          </p>
        </section>
      ))}
      <section className={classes.printer}>
        <h2 className={classes.title}>{text('panel.printer')}</h2>
        {prints.length === 0 && <p className={classes.hint}>{text('panel.noPrints')}</p>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: paper that scrolls must be reachable by keyboard */}
        <section className={classes.papers} tabIndex={0} aria-label={text('panel.printer')}>
          {prints
            .toSorted((a, b) => b.at - a.at)
            .map((print) => (
              <Paper key={print.id} paper={print} label={text('panel.printedAt', { time: time(print.at) })} />
            ))}
        </section>
      </section>
    </aside>
  )
}
