/** Ganti petugas: a digit for the name, then the PIN. The counter stays open and its hand stays with it. */
import { useState } from 'react'
import classes from '#renderer/counter/forms.module.css'
import questions from '#renderer/desk/dialogs.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import type { OfficerChoice } from '#renderer/login/login.tsx'
import { OfficerList } from '#renderer/login/officer-list.tsx'
import { PinForm } from '#renderer/login/pin-form.tsx'
import { ScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useCatalogue, useSnapshot } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

/** From here on there is no digit for every name: then it is searched. */
const MOST_DIGITS = 9

export function ChangeOfficer({ officerId }: { officerId: string }) {
  const officers = useCatalogue()?.officers ?? []
  const others = officers.filter(({ id }) => id !== officerId)
  const [chosenId, choose] = useState<string | null>(null)
  const chosen = others.find(({ id }) => id === chosenId)
  if (chosen) return <PinForm key={chosen.id} officer={chosen} onBack={() => choose(null)} />
  return (
    <>
      <ScanRefused />
      <Others others={others} onChoose={choose} />
    </>
  )
}

type OthersProps = { others: readonly OfficerChoice[]; onChoose: (id: string) => void }

function Others({ others, onChoose }: OthersProps) {
  const text = useText()
  const isOpen = useSnapshot()?.open === true
  const hasDigits = others.length <= MOST_DIGITS
  useShortcuts(Object.fromEntries(others.map(({ id }, index) => [String(index + 1), () => onChoose(id)])), hasDigits)

  if (others.length === 0) return <p className={classes.lead}>{text('officer.nobodyElse')}</p>
  if (!hasDigits) return <OfficerList officers={others} onChoose={onChoose} />
  return (
    <div className={classes.form}>
      <p className={classes.lead}>{text(isOpen ? 'officer.changeWords' : 'officer.whoIsNext')}</p>
      <div className={questions.choices}>
        {others.map(({ id, name }, index) => (
          <Button
            key={id}
            size="large"
            shortcut={String(index + 1)}
            autoFocus={index === 0}
            onClick={() => onChoose(id)}
          >
            {name}
          </Button>
        ))}
      </div>
    </div>
  )
}
