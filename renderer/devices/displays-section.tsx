/** The number displays of this counter: which there are, how each is set, and what each would show. */
import { useState } from 'react'
import { useDevices } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { DisplayForm } from '#renderer/devices/display-form.tsx'
import { DisplayTryPanel } from '#renderer/devices/display-try-panel.tsx'
import { newDisplay } from '#renderer/devices/new-display.ts'
import { displayIndexOf } from '#renderer/devices/places.ts'
import type { DisplayDraft } from '#renderer/devices/profile-draft.ts'
import { useDriverText } from '#renderer/devices/use-driver-text.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export function DisplaysSection() {
  const text = useText()
  const { draft, change, drivers, devices, problems } = useDevices()
  const { displays } = draft
  const wrongIndex = problems.map(({ at }) => displayIndexOf(at)).find((index) => index !== null) ?? null
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [shownWrong, setShownWrong] = useState<number | null>(null)
  if (wrongIndex !== shownWrong) {
    setShownWrong(wrongIndex)
    if (wrongIndex !== null) setChosenId(displays[wrongIndex]?.id ?? null)
  }
  const index = Math.max(
    0,
    displays.findIndex(({ id }) => id === chosenId),
  )
  const display = displays[index]

  const add = () => {
    const added = newDisplay(drivers, devices?.ports ?? [], draft)
    change({ displays: [...displays, added] })
    setChosenId(added.id)
  }
  const replace = (next: DisplayDraft) => {
    change({ displays: displays.map((one) => (one.id === next.id ? next : one)) })
  }

  if (!display) {
    return (
      <div className={classes.empty}>
        <Icon name="display" size={56} />
        <h2 className={classes.title}>{text('display.none')}</h2>
        <p className={classes.hint}>{text('display.noneTodo')}</p>
        <Button look="primary" icon="plus" onClick={add}>
          {text('display.add')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <div className={classes.tabs}>
        {displays.map((one, n) => (
          <DisplayTab
            key={one.id}
            display={one}
            n={n + 1}
            isChosen={n === index}
            onChoose={() => setChosenId(one.id)}
          />
        ))}
        <Button look="quiet" size="small" icon="plus" onClick={add}>
          {text('display.add')}
        </Button>
      </div>
      <div className={classes.columns} key={display.id}>
        <DisplayForm
          display={display}
          index={index}
          onChange={replace}
          onRemove={() => change({ displays: displays.filter(({ id }) => id !== display.id) })}
        />
        <DisplayTryPanel display={display} />
      </div>
    </>
  )
}

type DisplayTabProps = { display: DisplayDraft; n: number; isChosen: boolean; onChoose: () => void }

function DisplayTab({ display, n, isChosen, onChoose }: DisplayTabProps) {
  const text = useText()
  const driverText = useDriverText()
  const driver = useDevices().drivers.find(({ id }) => id === display.driver)
  const { transport } = display
  const where = transport.kind === 'panel' ? text('port.panelShort') : transport.path || text('port.noneShort')
  return (
    <button type="button" className={classes.tab} aria-pressed={isChosen} onClick={onChoose}>
      <span className={classes.tabTitle}>{text('devices.displayN', { n })}</span>
      <span className={classes.tabWords}>
        {where}, {driverText(driver?.name ?? display.driver)}
      </span>
    </button>
  )
}
