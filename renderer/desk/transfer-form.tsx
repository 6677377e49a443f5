/** To any other service or counter of the mall: where, at which place in line, and whether the visitor comes back. */
import { useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { refOf } from '#renderer/desk/acts.ts'
import { type Destination, searchDestinations } from '#renderer/desk/destinations.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useRupiah } from '#renderer/i18n/format.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { PickList } from '#renderer/services/pick-list.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { useEnterGuard } from '#renderer/ui/use-enter-guard.ts'

type Current = NonNullable<DeskSnapshot['current']>
type TransferFormProps = { desk: DeskControl; current: Current }

export function TransferForm({ desk, current }: TransferFormProps) {
  const [to, setTo] = useState<Destination | null>(null)
  const { device } = desk.snapshot
  const counterId = device?.role.kind === 'counter' ? device.role.counterId : null
  const guard = useEnterGuard(to)
  return (
    <div {...guard}>
      {to ? (
        <How desk={desk} current={current} to={to} onElsewhere={() => setTo(null)} />
      ) : (
        <Where here={{ serviceId: current.serviceId, counterId }} onPick={setTo} />
      )}
    </div>
  )
}

type WhereProps = { here: { serviceId: string; counterId: string | null }; onPick: (to: Destination) => void }

function Where({ here, onPick }: WhereProps) {
  const text = useText()
  const mallText = useMallText()
  const catalogue = useCatalogue()
  const [query, setQuery] = useState('')
  const found = (catalogue ? searchDestinations(catalogue, here, query) : []).map((to) => ({
    ...{ key: to.key, to, mark: to.service.prefix },
    name: to.counter
      ? text('transfer.counter', { counter: to.counter.name, agency: to.counter.agencyName })
      : mallText(to.service.name),
    note: to.counter ? mallText(to.service.name) : to.service.agencyName,
  }))
  return (
    <PickList
      label={text('transfer.search')}
      placeholder={text('transfer.searchHint')}
      query={query}
      onQuery={setQuery}
      found={found}
      selectedKey={null}
      onPick={({ to }) => onPick(to)}
      autoFocus
    />
  )
}

const PLACES = ['end', 'arrival', 'front'] as const
type Place = (typeof PLACES)[number]
type HowProps = TransferFormProps & { to: Destination; onElsewhere: () => void }

function How({ desk, current, to: { service, counter }, onElsewhere }: HowProps) {
  const text = useText()
  const [place, setPlace] = useState<Place>('end')
  const [returns, setReturns] = useState(false)
  const transfer = () =>
    void desk.send('queue.transfer', {
      ...refOf(current),
      ...{ toServiceId: service.id, toCounterId: counter?.id ?? null, place, returns },
    })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        transfer()
      }}
    >
      <DestinationFacts to={{ service, counter }} />
      <ChoiceGroup
        legend={text('transfer.place')}
        options={PLACES.map((value) => ({ value, label: text(`transfer.place.${value}`) }))}
        value={place}
        onChange={(value) => setPlace(value ?? 'end')}
      />
      {current.returnsTo === null ? (
        <CheckField
          label={text('transfer.returns')}
          hint={text('transfer.returnsHint')}
          checked={returns}
          onChange={setReturns}
        />
      ) : (
        <p className={classes.note}>{text('desk.returnsTo', { counter: current.returnsTo })}</p>
      )}
      <div className={classes.row}>
        {/* Appears with the focus, so that Enter chooses and Enter again transfers. */}
        <Button type="submit" look="primary" size="large" icon="arrowRight" autoFocus>
          {counter
            ? text('transfer.toCounter', { counter: counter.name })
            : text('act.forwardTo', { agency: service.agencyName })}
        </Button>
        <Button look="quiet" size="large" onClick={onElsewhere}>
          {text('transfer.elsewhere')}
        </Button>
      </div>
    </form>
  )
}

/** What the visitor has to bring and to pay there: said now, it saves a walk. */
function DestinationFacts({ to: { service, counter } }: { to: Pick<Destination, 'service' | 'counter'> }) {
  const text = useText()
  const mallText = useMallText()
  const rupiah = useRupiah()
  const counters = counter ? counter.name : service.counterNames.join(', ')
  return (
    <div className={classes.destination}>
      <p className={classes.destinationName}>{mallText(service.name)}</p>
      <p>{text('service.where', { agency: service.agencyName, counters })}</p>
      <dl className={classes.facts}>
        <dt>{text('service.tariff')}</dt>
        <dd>{rupiah(service.tariffRupiah)}</dd>
        <dt>{text('service.requirements')}</dt>
        <dd>{service.requirements.length > 0 ? service.requirements.join('; ') : text('service.noRequirements')}</dd>
      </dl>
    </div>
  )
}
