/** Two or three lists in one place. Arrow keys change between them, as in every tab list. */
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import classes from '#renderer/ui/tabs.module.css'

type Tab<T extends string> = { name: T; label: string; count: number; panel: ReactNode }
type TabsProps<T extends string> = {
  label: string
  tabs: readonly Tab<T>[]
  shown: T
  onShow: (name: T) => void
}

export function Tabs<T extends string>({ label, tabs, shown, onShow }: TabsProps<T>) {
  const id = useId()
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const here = tabs.findIndex(({ name }) => name === shown)
    const next = tabs[(here + step + tabs.length) % tabs.length]
    if (!next) return
    onShow(next.name)
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next.name}`)}`)?.focus()
  }
  return (
    <section className={classes.tabs} aria-label={label}>
      <div role="tablist" aria-label={label} className={classes.list} onKeyDown={onKey}>
        {tabs.map(({ name, label: words, count }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-controls={`${id}-${name}-panel`}
            aria-selected={name === shown}
            tabIndex={name === shown ? 0 : -1}
            className={classes.tab}
            onClick={() => onShow(name)}
          >
            {words} <span className={classes.count}>{count}</span>
          </button>
        ))}
      </div>
      {tabs.map(({ name, panel }) => (
        <div
          key={name}
          role="tabpanel"
          id={`${id}-${name}-panel`}
          aria-labelledby={`${id}-${name}`}
          className={classes.panel}
          hidden={name !== shown}
        >
          {name === shown && panel}
        </div>
      ))}
    </section>
  )
}
