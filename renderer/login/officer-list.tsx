import { useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/login/login.module.css'
import type { OfficerChoice } from '#renderer/login/login.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

/** From here on a name is found faster by typing than by looking. */
const SEARCH_FROM = 9

type OfficerListProps = { officers: readonly OfficerChoice[]; onChoose: (officerId: string) => void }

export function OfficerList({ officers, onChoose }: OfficerListProps) {
  const text = useText()
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLocaleLowerCase()
  const found = officers.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  if (officers.length === 0) return <p className={classes.hint}>{text('login.noOfficers')}</p>
  return (
    <>
      <h2 className={classes.title}>{text('login.who')}</h2>
      {officers.length >= SEARCH_FROM && (
        <Field label={text('login.search')} value={query} onChange={setQuery} icon="search" autoFocus />
      )}
      <ul className={classes.officers} data-many={officers.length >= SEARCH_FROM || undefined}>
        {found.map((officer, index) => (
          <li key={officer.id}>
            <button
              type="button"
              className={classes.officer}
              onClick={() => onChoose(officer.id)}
              // biome-ignore lint/a11y/noAutofocus: the keyboard starts at the first name; nothing else is on this screen
              autoFocus={index === 0 && officers.length < SEARCH_FROM}
            >
              <span className={classes.avatar}>
                <Icon name="person" size={24} />
              </span>
              <span>
                <span className={classes.officerName}>{officer.name}</span>
                <span className={classes.role}>{officer.roles.map((role) => text(`role.${role}`)).join(', ')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={classes.hint}>{text('login.noneFound')}</p>}
    </>
  )
}
