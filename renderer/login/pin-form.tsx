import { useEffect, useRef, useState } from 'react'
import type { Failure } from '#contract/desk-api.ts'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/login/login.module.css'
import type { OfficerChoice } from '#renderer/login/login.tsx'
import { PinPad } from '#renderer/login/pin-pad.tsx'
import { SCAN_GOES_ON_MS } from '#renderer/scanner/burst.ts'
import { ScanRefused, tellScanRefused, useScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useScanner } from '#renderer/scanner/use-scanner.ts'
import { useClock, useShell } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

const PIN_LENGTH = 6

export function PinForm({ officer, onBack }: { officer: OfficerChoice; onBack: () => void }) {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const [pin, setPin] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const wait = useLockSeconds(failure)
  const sending = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The digits of a slip or a booking code would count as wrong PINs; nobody is signed in to whom it could be presented.
  const refuse = () => tellScanRefused('SCAN_NOT_TAKEN')
  useScanner({ onSlip: refuse, onCode: refuse, onOther: refuse })
  const scans = useScanRefused().count
  // biome-ignore lint/correctness/useExhaustiveDependencies: each scan takes its digits away again
  useEffect(() => {
    setPin('')
    return () => clearTimeout(sending.current)
  }, [scans])

  const signIn = async (digits: string) => {
    const signedIn = await run('session.signIn', { officerId: officer.id, pin: digits })
    if (signedIn) return
    setPin('')
    field.current?.focus()
  }
  const change = (next: string) => {
    const digits = next.replaceAll(/\D/g, '').slice(0, PIN_LENGTH)
    if (busy || wait > 0) return
    setPin(digits)
    clearTimeout(sending.current)
    // Six digits of a longer code are no PIN.
    if (digits.length === PIN_LENGTH) sending.current = setTimeout(() => void signIn(digits), SCAN_GOES_ON_MS)
  }

  return (
    <form
      className={classes.pinForm}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === 'Escape' && onBack()}
    >
      <ScanRefused />
      <div className={classes.back}>
        <Button look="quiet" size="small" icon="arrowLeft" onClick={onBack}>
          {text('login.otherOfficer')}
        </Button>
      </div>
      <h2 className={classes.title}>{officer.name}</h2>
      <label className={classes.pinLabel}>
        {text('login.pin')}
        <input
          ref={field}
          className={classes.pin}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the officer just chose a name; the PIN is the one thing to type
          autoFocus
          // In a dialog, which looks for its first field a moment later, the PIN stays it.
          data-autofocus
          value={pin}
          onChange={(event) => change(event.target.value)}
          aria-invalid={failure !== null}
        />
      </label>
      {wait > 0 ? (
        <FailureNotice failure={{ ok: false, code: 'PIN_LOCKED', detail: { seconds: wait } }} />
      ) : (
        failure && failure.code !== 'PIN_LOCKED' && <FailureNotice failure={failure} />
      )}
      <PinPad disabled={wait > 0} onDigit={(digit) => change(pin + digit)} onErase={() => change(pin.slice(0, -1))} />
      <SamplePin officerId={officer.id} />
    </form>
  )
}

/** The sample mall's PINs are no secret; a real workstation never knows one. */
function SamplePin({ officerId }: { officerId: string }) {
  const text = useText()
  const sample = useShell()?.laptop?.samplePins.find((candidate) => candidate.officerId === officerId)
  return sample ? <p className={classes.hint}>{text('login.samplePin', { pin: sample.pin })}</p> : null
}

/** Whole seconds until the PIN may be tried again. */
function useLockSeconds(failure: Failure | null): number {
  const [until, setUntil] = useState(0)
  useEffect(() => {
    if (failure?.code === 'PIN_LOCKED') setUntil(performance.now() + Number(failure.detail?.seconds ?? 30) * 1000)
  }, [failure])
  return useClock(() => Math.max(0, Math.ceil((until - performance.now()) / 1000)))
}
