/** What few people need, behind one line that says what is in it. It is made when it is opened. */
import { type ReactNode, useState } from 'react'
import classes from '#renderer/ui/disclosure.module.css'
import { Icon } from '#renderer/ui/icons.tsx'

type DisclosureProps = { title: string; summary?: string; startsOpen?: boolean; children: ReactNode }

export function Disclosure({ title, summary, startsOpen = false, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(startsOpen)
  return (
    <details className={classes.disclosure} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={classes.line}>
        <Icon name="chevronDown" size={18} />
        <span className={classes.title}>{title}</span>
        {summary && (
          <span className={classes.summary} title={summary}>
            {summary}
          </span>
        )}
      </summary>
      {isOpen && <div className={classes.body}>{children}</div>}
    </details>
  )
}
