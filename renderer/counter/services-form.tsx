/** Layanan saya sekarang: which of its services this counter takes, and who is left for the others. */
import { useEffect, useState } from 'react'
import type { MethodOutput } from '#contract/desk-api.ts'
import classes from '#renderer/counter/forms.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { useCatalogue, useClient } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type Takers = MethodOutput<'counter.takers'>['services']

export function ServicesForm({ desk }: DeskFormProps) {
  const text = useText()
  const { snapshot, command } = desk
  const [chosen, setChosen] = useState<readonly string[]>(snapshot.takes)
  const takers = useTakers()
  const all = snapshot.mayTake
  const withheld = (snapshot.place?.serviceIds.length ?? 0) - all.length

  const toggle = (id: string) => setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]))
  const save = async (serviceIds: readonly string[]) => {
    const saved = await command.run('counter.chooseServices', { serviceIds: [...serviceIds] })
    if (saved) desk.closeDialog()
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0) void save(chosen)
      }}
    >
      <p className={classes.lead}>{text('taking.words')}</p>
      <ul className={classes.services}>
        {all.map((id) => (
          <Service
            key={id}
            id={id}
            isChosen={chosen.includes(id)}
            waiting={snapshot.waiting.filter(({ serviceId }) => serviceId === id).length}
            others={takers?.find(({ serviceId }) => serviceId === id)?.counterNames ?? null}
            onToggle={() => toggle(id)}
          />
        ))}
      </ul>
      {withheld > 0 && <p>{text('taking.notPermitted', { count: withheld })}</p>}
      {command.failure && <FailureNotice failure={command.failure} />}
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large" busy={command.busy} disabled={chosen.length === 0} autoFocus>
          {text('taking.save', { count: chosen.length })}
        </Button>
        <Button size="large" busy={command.busy} onClick={() => void save(all)}>
          {text('taking.all')}
        </Button>
      </div>
    </form>
  )
}

type ServiceProps = {
  id: string
  isChosen: boolean
  waiting: number
  /** Names of the other counters that take it; null when nobody can say. */
  others: readonly string[] | null
  onToggle: () => void
}

function Service({ id, isChosen, waiting, others, onToggle }: ServiceProps) {
  const text = useText()
  const mallText = useMallText()
  const service = useCatalogue()?.services.find((one) => one.id === id)
  const isLeftAlone = !isChosen && others?.length === 0
  return (
    <li className={classes.service}>
      <CheckField
        label={service ? mallText(service.name) : id}
        hint={
          others === null
            ? text('taking.unknown', { waiting })
            : text('taking.others', { waiting, count: others.length, names: others.join(', ') })
        }
        checked={isChosen}
        onChange={onToggle}
      />
      {isLeftAlone && (
        <p className={classes.warning} role="status">
          <Icon name="alert" size={18} />
          {text('taking.leftAlone')}
        </p>
      )}
    </li>
  )
}

/** Asked when the question opens: counters come and go. */
function useTakers(): Takers {
  const client = useClient()
  const [takers, setTakers] = useState<Takers>(null)
  useEffect(() => {
    let isShown = true
    void client.invoke('counter.takers', {}).then((answer) => {
      if (isShown && answer.ok) setTakers(answer.data.services)
    })
    return () => {
      isShown = false
    }
  }, [client])
  return takers
}
