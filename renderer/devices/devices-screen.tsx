/** Setting up what hangs on this PC: number displays, printer, voice, and the way to another PC. Loaded when it is opened. */
import { useState } from 'react'
import { DevicesContext } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { DevicesHeader, type Way } from '#renderer/devices/devices-header.tsx'
import { DisplaysSection } from '#renderer/devices/displays-section.tsx'
import { draftProblems } from '#renderer/devices/draft-problems.ts'
import { LeaveDialog } from '#renderer/devices/leave-dialog.tsx'
import { MoveSection } from '#renderer/devices/move-section.tsx'
import { problemOf, type Section, sectionOf } from '#renderer/devices/places.ts'
import { PrinterSection } from '#renderer/devices/printer-section.tsx'
import { ProblemNotice } from '#renderer/devices/problem-notice.tsx'
import { SectionNav } from '#renderer/devices/section-nav.tsx'
import { useDeviceList } from '#renderer/devices/use-device-list.ts'
import { type LoadedProfile, useLoadedProfile, useProfile } from '#renderer/devices/use-profile.ts'
import { VoiceSection } from '#renderer/devices/voice-section.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export type DevicesScreenProps = {
  /** Null on a PC that is not enrolled yet. */
  placeName: string | null
  /** Where the one button leads that leaves this screen. */
  way: Way
}

export function DevicesScreen(props: DevicesScreenProps) {
  const text = useText()
  const { loaded, failure, again } = useLoadedProfile()
  if (loaded) return <Loaded {...props} loaded={loaded} />
  return (
    <>
      <DevicesHeader {...props} onLeave={props.way.go} />
      <main className={classes.waiting}>
        {failure ? (
          <>
            <FailureNotice failure={failure} />
            <Button icon="repeat" autoFocus onClick={again}>
              {text('devices.again')}
            </Button>
          </>
        ) : (
          <p role="status">{text('devices.loading')}</p>
        )}
      </main>
    </>
  )
}

function Loaded({ placeName, way, loaded }: DevicesScreenProps & { loaded: LoadedProfile }) {
  const text = useText()
  const { drivers, zones } = loaded
  const profile = useProfile(loaded.draft)
  const devices = useDeviceList()
  const [section, setSection] = useState<Section>('displays')
  const [isLeaving, setIsLeaving] = useState(false)
  /** What this screen itself refused to send. */
  const [refusedAt, setRefusedAt] = useState<typeof profile.draft | null>(null)
  const own = draftProblems(profile.draft, drivers)
  const fromHost = problemOf(profile.failure)
  const problems = [
    ...(refusedAt === profile.draft ? own.map(({ at, rule }) => ({ at, rule: text(rule.key, rule.values) })) : []),
    ...(fromHost ? [fromHost] : []),
  ]
  const [first] = problems
  /** A refusal shows its section once; after that the technician goes where he likes. */
  const [shownProblem, setShownProblem] = useState<string | null>(null)
  const problemKey = first ? `${first.at}/${first.rule}` : null
  if (problemKey !== shownProblem) {
    setShownProblem(problemKey)
    if (first) setSection(sectionOf(first.at))
  }

  const save = async () => {
    if (own.length === 0) return profile.save()
    setRefusedAt(profile.draft)
    return false
  }
  const leave = () => (profile.isChanged ? setIsLeaving(true) : way.go())
  useShortcuts(way.kind === 'back' ? { Escape: leave } : {}, !isLeaving)

  const value = {
    draft: profile.draft,
    change: profile.change,
    drivers,
    zones,
    devices,
    problems,
  }
  return (
    <DevicesContext value={value}>
      <DevicesHeader placeName={placeName} way={way} onLeave={leave} saving={{ ...profile, save: () => void save() }} />
      <main className={classes.devices}>
        <SectionNav chosen={section} onChoose={setSection} wrong={problems.map(({ at }) => sectionOf(at))} />
        <section className={classes.section} aria-label={text(`section.${section}`)}>
          {profile.failure && !fromHost && <FailureNotice failure={profile.failure} />}
          <ProblemNotice problems={problems.filter(({ at }) => sectionOf(at) === section)} />
          {section === 'displays' && <DisplaysSection />}
          {section === 'printer' && <PrinterSection />}
          {section === 'voice' && <VoiceSection />}
          {section === 'move' && <MoveSection isEnrolled={placeName !== null} isChanged={profile.isChanged} />}
        </section>
      </main>
      <LeaveDialog
        open={isLeaving}
        isSaving={profile.isSaving}
        onSave={async () => {
          if (await save()) way.go()
          else setIsLeaving(false)
        }}
        onDrop={way.go}
        onStay={() => setIsLeaving(false)}
      />
    </DevicesContext>
  )
}
