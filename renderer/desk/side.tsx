/** Beside the desk: who waits, and what this counter set aside. */
import { useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { asideActs, type RowAct, waitingActs } from '#renderer/desk/row-acts.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { AsideList } from '#renderer/queue/aside-list.tsx'
import { WaitingList } from '#renderer/queue/waiting-list.tsx'
import { Tabs } from '#renderer/ui/tabs.tsx'

export function Side({ desk, snapshot }: { desk: DeskControl; snapshot: DeskSnapshot }) {
  const text = useText()
  const [shown, setShown] = useState<'waiting' | 'aside'>('waiting')
  const named = <R,>(acts: readonly RowAct<R>[], row: R) =>
    acts.map((act) => ({
      name: text(`rowAct.${act.name}`),
      icon: act.icon,
      run: () => {
        if (!desk.command.busy) act.press(desk, row)
      },
    }))
  return (
    <Tabs
      label={text('desk.lists')}
      shown={shown}
      onShow={setShown}
      tabs={[
        {
          name: 'waiting',
          label: text('waiting.title'),
          count: snapshot.waiting.length,
          panel: <WaitingList snapshot={snapshot} actsOf={(row) => named(waitingActs(row, snapshot), row)} />,
        },
        {
          name: 'aside',
          label: text('aside.title'),
          count: snapshot.aside.length,
          panel: <AsideList rows={snapshot.aside} actsOf={(row) => named(asideActs(row, snapshot), row)} />,
        },
      ]}
    />
  )
}
