/**
 * What can be done with one row of a list. The list has a single menu, which stands at the row whose button was pressed: a list of
 * five hundred costs no more than one of five.
 */
import { Menu } from '@mantine/core'
import type { Ref } from 'react'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'
import menu from '#renderer/ui/menu.module.css'
import { useReportMenu } from '#renderer/ui/open-menus.ts'

export type NamedAct = { name: string; icon: IconName; run: () => void }

type RowMenuProps = {
  label: string
  acts: readonly NamedAct[]
  /** Where the menu hangs, in pixels from the top of the list's content. */
  top: number
  className: string | undefined
  onClose: () => void
}

export function RowMenu({ label, acts, top, className, onClose }: RowMenuProps) {
  useReportMenu(true)
  return (
    <Menu opened onClose={onClose} position="bottom-end" shadow="md" width="18rem" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <MenuPlace className={className} top={top} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {acts.map(({ name, icon, run }) => (
          <Menu.Item key={name} className={menu.item} leftSection={<Icon name={icon} />} onClick={run}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The row's own button says that it has a menu; this place says nothing, whatever the menu would have it say. */
function MenuPlace({
  className,
  top,
  ref,
}: {
  className: string | undefined
  top: number
  ref?: Ref<HTMLSpanElement>
}) {
  return <span ref={ref} aria-hidden="true" className={className} style={{ top }} />
}
