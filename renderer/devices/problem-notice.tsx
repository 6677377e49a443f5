/** Why the draft was not saved, next to what has to change. */
import { useDevices } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { type ProfileProblem, placeName } from '#renderer/devices/places.ts'
import { useDriverText } from '#renderer/devices/use-driver-text.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

export function ProblemNotice({ problems }: { problems: readonly ProfileProblem[] }) {
  const text = useText()
  const driverText = useDriverText()
  const { draft, drivers } = useDevices()
  if (problems.length === 0) return null
  return (
    <Notice tone="over" role="alert" title={text('devices.notSaved')} code="PROFILE_WRONG">
      {problems.map(({ at, rule }) => (
        <span key={`${at}/${rule}`} className={classes.problem}>
          {text('devices.problem', { place: placeName(at, draft, drivers, text, driverText), rule })}
        </span>
      ))}
    </Notice>
  )
}
