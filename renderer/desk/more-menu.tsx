/** Lainnya: every act that is not needed often, with its key where it has one. */
import { Menu } from '@mantine/core'
import { useState } from 'react'
import { ACTS } from '#renderer/desk/acts.ts'
import { useKeys } from '#renderer/desk/keys.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import menu from '#renderer/ui/menu.module.css'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'
import { useReportMenu } from '#renderer/ui/open-menus.ts'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export const MORE_KEY = 'F10'

export function MoreMenu({ desk }: { desk: DeskControl }) {
  const text = useText()
  const keyOf = useKeys()
  const [open, setOpen] = useState(false)
  useReportMenu(open)
  // A dialog that it opened has the focus; afterwards it comes back here.
  const isOnTop = useIsOnTop()
  useShortcuts({ [MORE_KEY]: () => setOpen((now) => !now) }, desk.asking === null)
  return (
    <Menu
      opened={open}
      onChange={setOpen}
      position="top-end"
      shadow="md"
      width="20rem"
      returnFocus={isOnTop}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button size="large" icon="more" shortcut={MORE_KEY}>
          {text('desk.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {desk.more.map((act) => {
          const key = keyOf(act)
          return (
            <Menu.Item
              key={act}
              className={menu.item}
              leftSection={<Icon name={ACTS[act].icon} />}
              rightSection={key && <kbd className={menu.key}>{key}</kbd>}
              onClick={() => desk.press(act)}
            >
              {text(`act.${act}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
