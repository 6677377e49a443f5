/** Choose your name, type your PIN. */
import { useState } from 'react'
import type { Catalogue, DeskSnapshot } from '#contract/snapshot.ts'
import { Notices } from '#renderer/app/notices.tsx'
import { Preferences } from '#renderer/app/preferences.tsx'
import { ConnectionBadge } from '#renderer/app/status-badges.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/login/login.module.css'
import { OfficerList } from '#renderer/login/officer-list.tsx'
import { PinForm } from '#renderer/login/pin-form.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'

export type OfficerChoice = Catalogue['officers'][number]

/** Whether paper came out is answered by whoever is signed in. */
function withoutQuestions(snapshot: DeskSnapshot): DeskSnapshot {
  return { ...snapshot, printAttention: snapshot.printAttention.filter(({ state }) => state === 'queued') }
}

export function Login({ snapshot }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const catalogue = useCatalogue()
  const [officerId, setOfficerId] = useState<string | null>(null)
  const officers = catalogue?.officers ?? []
  const officer = officers.find(({ id }) => id === officerId)
  const { place, device } = snapshot

  return (
    <main className={classes.login}>
      <header className={classes.welcome}>
        <p className={classes.mall}>{catalogue?.mallName || text('app.name')}</p>
        {place && (
          <h1 className={classes.place}>
            {device?.role.kind === 'counter' ? text('place.counter', { name: place.name }) : place.name}
          </h1>
        )}
        <p className={classes.agency}>{place?.agencyName}</p>
        <Notices snapshot={withoutQuestions(snapshot)} />
        <div className={classes.foot}>
          <ConnectionBadge connection={snapshot.connection} />
          <Preferences />
        </div>
      </header>
      <section className={classes.card}>
        {officer ? (
          <PinForm key={officer.id} officer={officer} onBack={() => setOfficerId(null)} />
        ) : (
          <OfficerList officers={officers} onChoose={setOfficerId} />
        )}
      </section>
    </main>
  )
}
