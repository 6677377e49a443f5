import type { Section } from '#renderer/devices/places.ts'
import classes from '#renderer/devices/section-nav.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'

const SECTIONS: readonly { id: Section; icon: IconName }[] = [
  { id: 'displays', icon: 'display' },
  { id: 'printer', icon: 'printer' },
  { id: 'voice', icon: 'speaker' },
  { id: 'move', icon: 'move' },
]

type SectionNavProps = {
  chosen: Section
  onChoose: (section: Section) => void
  /** Sections in which something is wrong. */
  wrong: readonly Section[]
}

export function SectionNav({ chosen, onChoose, wrong }: SectionNavProps) {
  const text = useText()
  return (
    <nav className={classes.nav} aria-label={text('devices.sections')}>
      {SECTIONS.map(({ id, icon }) => (
        <button
          key={id}
          type="button"
          className={classes.item}
          aria-current={id === chosen ? 'page' : undefined}
          onClick={() => onChoose(id)}
        >
          <Icon name={icon} size={22} />
          <span>{text(`section.${id}`)}</span>
          {wrong.includes(id) && (
            <span className={classes.wrong} role="img" aria-label={text('devices.wrongHere')}>
              <Icon name="alert" size={18} />
            </span>
          )}
        </button>
      ))}
    </nav>
  )
}
