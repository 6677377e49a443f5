/** Browsing by agency, for visitors who know the office but not the name of the service. */
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import type { Service } from '#renderer/services/search.ts'

type AgencyListProps = {
  services: readonly Service[]
  chosenId: string | null
  onChoose: (agencyId: string | null) => void
}

export function AgencyList({ services, chosenId, onChoose }: AgencyListProps) {
  const text = useText()
  const agencies = new Map(services.map(({ agencyId, agencyName }) => [agencyId, agencyName]))
  return (
    <nav className={classes.agencies} aria-label={text('front.agencies')}>
      <button type="button" className={classes.agency} aria-pressed={chosenId === null} onClick={() => onChoose(null)}>
        {text('front.allAgencies')}
      </button>
      {[...agencies].map(([id, name]) => (
        <button
          key={id}
          type="button"
          className={classes.agency}
          aria-pressed={chosenId === id}
          onClick={() => onChoose(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  )
}
