/** The front desk: find the service, see what it needs and costs, hand out a number. */
import { useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { Header } from '#renderer/app/header.tsx'
import { Notices } from '#renderer/app/notices.tsx'
import { AgencyList } from '#renderer/front-desk/agency-list.tsx'
import { type Booked, CheckIn, type CheckInControl, useCheckIn } from '#renderer/front-desk/check-in.tsx'
import classes from '#renderer/front-desk/front-desk.module.css'
import { IssueForm } from '#renderer/front-desk/issue-form.tsx'
import { type Issued, IssuedNumber } from '#renderer/front-desk/issued-number.tsx'
import { CodeScanned, NoCodeScanned } from '#renderer/front-desk/scan-lines.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { tellScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useScanner } from '#renderer/scanner/use-scanner.ts'
import type { Service } from '#renderer/services/search.ts'
import { ServicePicker } from '#renderer/services/service-picker.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'
import { useEnterGuard } from '#renderer/ui/use-enter-guard.ts'

export function FrontDesk({ snapshot }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const services = useCatalogue()?.services ?? []
  const session = useCommand()
  const [agencyId, setAgencyId] = useState<string | null>(null)
  const [service, setService] = useState<Service | null>(null)
  const [booked, setBooked] = useState<Booked | null>(null)
  const [issued, setIssued] = useState<Issued | null>(null)
  const [scanned, setScanned] = useState<'slip' | 'other' | null>(null)
  /** Booking codes that were scanned and cannot be used at once, the first one first. */
  const [codes, setCodes] = useState<readonly string[]>([])
  /** A new visitor begins with an empty search and the focus in it. */
  const [visitor, setVisitor] = useState(1)
  const { frontDesk } = snapshot
  const mayIssue = snapshot.officer?.roles.some((role) => role === 'front_desk' || role === 'supervisor') ?? false

  const checkIn = useCheckIn((found) => {
    setBooked(found)
    setService(services.find(({ id }) => id === found.serviceId) ?? null)
  })
  const isNobodyHere = service === null && issued === null
  const isOnTop = useIsOnTop()
  const guard = useEnterGuard(`${visitor}/${service?.id}/${booked?.code}/${issued?.visitId}`)

  // What a scanner types must press no button: its Enter would tick off requirements, or give a number.
  const say = (what: 'slip' | 'other') => (isOnTop ? setScanned(what) : tellScanRefused('SCAN_NOT_TAKEN'))
  useScanner({
    onSlip: () => say('slip'),
    onCode: (typed) => {
      const code = typed.toUpperCase()
      if (!isOnTop) return tellScanRefused('SCAN_NOT_TAKEN')
      // The code of the form that is open may well be scanned twice.
      const isTheirs = booked?.code === code && !issued
      if (!mayIssue || isTheirs) return
      setScanned(null)
      setCodes((before) => (isNobodyHere ? before.filter((one) => one !== code) : [...new Set([...before, code])]))
      if (isNobodyHere) void checkIn.find(typed)
    },
    onOther: () => say('other'),
  })

  /** A code that was scanned meanwhile is probably theirs: it waits in its field. */
  const nextVisitor = (code = codes[0] ?? '') => {
    setScanned(null)
    setCodes(codes.filter((one) => one !== code))
    checkIn.setCode(code)
    setIssued(null)
    setService(null)
    setBooked(null)
    setAgencyId(null)
    setVisitor((count) => count + 1)
  }
  const checkScanned = (code: string) => {
    nextVisitor(code)
    void checkIn.find(code)
  }

  return (
    <>
      <Header snapshot={snapshot} onSignOut={() => void session.run('session.signOut', {})} />
      <div className={classes.notices}>
        <Notices snapshot={issued ? withoutSlipOf(issued, snapshot) : snapshot} />
        {session.failure && <FailureNotice failure={session.failure} />}
        {scanned && <NoCodeScanned what={scanned} />}
        {codes.map((code, index) => (
          <CodeScanned key={code} code={code} isFirst={index === 0} onCheck={() => checkScanned(code)} />
        ))}
      </div>
      {mayIssue ? (
        <main className={classes.front} key={visitor} {...guard}>
          <AgencyList services={services} chosenId={agencyId} onChoose={setAgencyId} />
          <section className={classes.services} aria-label={text('services.list')}>
            <ServicePicker
              services={agencyId ? services.filter((candidate) => candidate.agencyId === agencyId) : services}
              selectedId={service?.id ?? null}
              onPick={(picked) => {
                setIssued(null)
                setBooked(null)
                setScanned(null)
                setService(picked)
              }}
              autoFocus
            />
          </section>
          <section className={classes.detail} aria-label={text('front.number')}>
            {issued ? (
              <IssuedNumber issued={issued} snapshot={snapshot} onNext={() => nextVisitor()} />
            ) : service ? (
              <IssueForm
                key={`${service.id} ${booked?.code}`}
                service={service}
                booked={booked}
                snapshot={snapshot}
                onIssued={setIssued}
              />
            ) : (
              <Nothing
                count={snapshot.today.issued}
                lastLabel={frontDesk?.last?.label ?? null}
                onLast={() => setIssued(lastIssued(snapshot, services))}
                checkIn={checkIn}
              />
            )}
          </section>
        </main>
      ) : (
        <main className={classes.refused}>
          <Notice tone="near" title={text('front.noRole')}>
            {text('front.noRoleTodo')}
          </Notice>
        </main>
      )}
    </>
  )
}

/** The panel asks about this slip itself. */
function withoutSlipOf({ visitId }: Issued, snapshot: DeskSnapshot): DeskSnapshot {
  const last = snapshot.frontDesk?.last
  if (last?.visitId !== visitId || !last.slip) return snapshot
  const { jobId } = last.slip
  return { ...snapshot, printAttention: snapshot.printAttention.filter((job) => job.jobId !== jobId) }
}

function lastIssued({ frontDesk }: DeskSnapshot, services: readonly Service[]): Issued | null {
  const last = frontDesk?.last
  const service = services.find(({ id }) => id === last?.serviceId)
  return last && service ? { visitId: last.visitId, label: last.label, service } : null
}

type NothingProps = {
  count: number
  lastLabel: string | null
  onLast: () => void
  checkIn: CheckInControl
}

function Nothing({ count, lastLabel, onLast, checkIn }: NothingProps) {
  const text = useText()
  return (
    <div className={classes.nothing}>
      <p className={classes.lead}>{text('front.choose')}</p>
      <p className={classes.hint}>{text('front.issuedToday', { count })}</p>
      <CheckIn checkIn={checkIn} />
      {lastLabel !== null && (
        <div>
          <Button look="quiet" onClick={onLast}>
            {text('front.showLast', { label: lastLabel })}
          </Button>
        </div>
      )}
    </div>
  )
}
