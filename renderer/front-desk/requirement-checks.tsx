/** What the visitor has to bring, ticked off before a number is given, so that nobody waits in vain. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'

type RequirementChecksProps = {
  requirements: readonly string[]
  ticked: ReadonlySet<string>
  onTick: (requirement: string, isThere: boolean) => void
  /** Buttons for the whole list. */
  children: ReactNode
}

export function RequirementChecks({ requirements, ticked, onTick, children }: RequirementChecksProps) {
  const text = useText()
  const titleId = useId()
  const list = useRef<HTMLDivElement>(null)
  // What is to be ticked off is in view, whatever stands above it.
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  if (requirements.length === 0) return <p className={classes.hint}>{text('service.noRequirements')}</p>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot stand on one line with buttons
    <div ref={list} role="group" aria-labelledby={titleId}>
      <div className={classes.checksHead}>
        <h3 id={titleId} className={classes.subtitle}>
          {text('front.requirements', { ticked: ticked.size, count: requirements.length })}
        </h3>
        {children}
      </div>
      <div className={classes.checks}>
        {requirements.map((requirement) => (
          <CheckField
            key={requirement}
            label={requirement}
            checked={ticked.has(requirement)}
            onChange={(isThere) => onTick(requirement, isThere)}
          />
        ))}
      </div>
    </div>
  )
}
