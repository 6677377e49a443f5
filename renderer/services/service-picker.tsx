/** Search and list in one: type, arrow down, Enter. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { type Service, searchServices } from '#renderer/services/search.ts'
import classes from '#renderer/services/service-picker.module.css'
import { Field } from '#renderer/ui/field.tsx'

type ServicePickerProps = {
  services: readonly Service[]
  selectedId: string | null
  onPick: (service: Service) => void
  autoFocus?: boolean
}

export function ServicePicker({ services, selectedId, onPick, autoFocus = false }: ServicePickerProps) {
  const text = useText()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const found = searchServices(services, query)
  const activeService = found[Math.min(active, found.length - 1)]
  const optionId = (service: Service) => `${listId}-${service.id}`

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((index) => Math.min(index + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive((index) => Math.max(index - 1, 0))
    else if (event.key === 'Enter' && activeService) onPick(activeService)
    else return
    event.preventDefault()
  }

  return (
    <div className={classes.picker}>
      <Field
        label={text('services.search')}
        placeholder={text('services.searchHint')}
        icon="search"
        value={query}
        onChange={(value) => {
          setQuery(value)
          setActive(0)
        }}
        onKeyDown={onKey}
        autoFocus={autoFocus}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={activeService && optionId(activeService)}
      />
      <div role="listbox" id={listId} aria-label={text('services.list')} className={classes.list} tabIndex={-1}>
        {found.map((service) => (
          <Option
            key={service.id}
            id={optionId(service)}
            service={service}
            active={service === activeService}
            selected={service.id === selectedId}
            onPick={onPick}
          />
        ))}
      </div>
      {found.length === 0 && <p className={classes.none}>{text('services.none')}</p>}
    </div>
  )
}

type OptionProps = {
  id: string
  service: Service
  active: boolean
  selected: boolean
  onPick: (service: Service) => void
}

function Option({ id, service, active, selected, onPick }: OptionProps) {
  const mallText = useMallText()
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above owns the keyboard, as a combobox does
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      data-active={active || undefined}
      className={classes.option}
      onClick={() => onPick(service)}
    >
      <span className={classes.prefix}>{service.prefix}</span>
      <span>
        <span className={classes.name}>{mallText(service.name)}</span>
        <span className={classes.agency}>{service.agencyName}</span>
      </span>
    </div>
  )
}
