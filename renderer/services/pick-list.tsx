/** Search and list in one: type, arrow down, Enter. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/services/service-picker.module.css'
import { Field } from '#renderer/ui/field.tsx'

/** `mark` stands before the name, as a service's prefix does. */
export type Pickable = { key: string; mark: string; name: string; note: string }

type PickListProps<T extends Pickable> = {
  label: string
  placeholder: string
  query: string
  onQuery: (query: string) => void
  /** What the query finds, the best first. */
  found: readonly T[]
  selectedKey: string | null
  onPick: (item: T) => void
  autoFocus?: boolean
}

export function PickList<T extends Pickable>(props: PickListProps<T>) {
  const { label, placeholder, query, onQuery, found, selectedKey, onPick, autoFocus = false } = props
  const text = useText()
  const [active, setActive] = useState(0)
  const listId = useId()
  const activeItem = found[Math.min(active, found.length - 1)]
  const optionId = (item: T) => `${listId}-${item.key}`

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((index) => Math.min(index + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive((index) => Math.max(index - 1, 0))
    else if (event.key === 'Enter' && activeItem) onPick(activeItem)
    else return
    event.preventDefault()
  }

  return (
    <div className={classes.picker}>
      <Field
        label={label}
        placeholder={placeholder}
        icon="search"
        value={query}
        onChange={(value) => {
          onQuery(value)
          setActive(0)
        }}
        onKeyDown={onKey}
        autoFocus={autoFocus}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={activeItem && optionId(activeItem)}
      />
      <div role="listbox" id={listId} aria-label={text('services.list')} className={classes.list} tabIndex={-1}>
        {found.map((item) => (
          <Option
            key={item.key}
            id={optionId(item)}
            item={item}
            active={item === activeItem}
            selected={item.key === selectedKey}
            onPick={() => onPick(item)}
          />
        ))}
      </div>
      {found.length === 0 && <p className={classes.none}>{text('services.none')}</p>}
    </div>
  )
}

type OptionProps = { id: string; item: Pickable; active: boolean; selected: boolean; onPick: () => void }

function Option({ id, item, active, selected, onPick }: OptionProps) {
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
      onClick={onPick}
    >
      <span className={classes.prefix}>{item.mark}</span>
      <span>
        <span className={classes.name}>{item.name}</span>
        <span className={classes.agency}>{item.note}</span>
      </span>
    </div>
  )
}
