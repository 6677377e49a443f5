/** The locked screen: number and stopwatch stay in view, nothing personal does, and a PIN opens it. */
import { useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { Preferences } from '#renderer/app/preferences.tsx'
import { ConnectionBadge } from '#renderer/app/status-badges.tsx'
import classes from '#renderer/counter/lock-screen.module.css'
import { Stopwatch } from '#renderer/desk/stopwatch.tsx'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import login from '#renderer/login/login.module.css'
import { OfficerList } from '#renderer/login/officer-list.tsx'
import { PinForm } from '#renderer/login/pin-form.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type LockScreenProps = {
  snapshot: DeskSnapshot
  officer: NonNullable<DeskSnapshot['officer']>
  locked: NonNullable<DeskSnapshot['locked']>
}

export function LockScreen({ snapshot, officer, locked }: LockScreenProps) {
  const text = useText()
  const { time } = useMallTime()
  const catalogue = useCatalogue()
  const officers = catalogue?.officers ?? []
  const [chosenId, choose] = useState<string | null>(officer.id)
  const chosen = chosenId === officer.id ? officer : officers.find(({ id }) => id === chosenId)
  const { place, device, current, open, pause } = snapshot
  const service = catalogue?.services.find(({ id }) => id === current?.serviceId)

  return (
    <main className={login.login}>
      <header className={login.welcome}>
        {place && (
          <p className={login.mall}>
            {device?.role.kind === 'counter' ? text('place.counter', { name: place.name }) : place.name}
          </p>
        )}
        <h1 className={classes.locked}>
          <Icon name="lock" size={34} />
          {text('lock.title')}
        </h1>
        <p className={login.agency}>{text('lock.words', { name: officer.name, time: time(locked.since) })}</p>
        {current && (
          <section className={classes.current} aria-label={text('desk.now')}>
            <p className={classes.number}>{current.label}</p>
            <Stopwatch current={current} standardMinutes={service?.standardMinutes ?? null} />
          </section>
        )}
        {!current && open && (
          <p className={login.agency}>
            {text(pause ? 'lock.paused' : 'lock.open', { count: snapshot.waiting.length })}
          </p>
        )}
        <div className={login.foot}>
          <ConnectionBadge connection={snapshot.connection} />
          <Preferences />
        </div>
      </header>
      <section className={login.card}>
        {chosen ? (
          <PinForm key={chosen.id} officer={chosen} onBack={() => choose(null)} />
        ) : (
          <OfficerList officers={officers} onChoose={choose} />
        )}
      </section>
    </main>
  )
}
