/** Whether this counter's calls are spoken, where and how. */
import { useDevices, useProblemAt } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { HearSample } from '#renderer/devices/hear-sample.tsx'
import type { VoiceDraft } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { RangeField } from '#renderer/ui/range-field.tsx'
import { SelectField } from '#renderer/ui/select-field.tsx'

const REPEATS = [1, 2, 3] as const
const READINGS = ['number', 'digits'] as const
const LANGUAGES = ['id', 'id+en'] as const
const OFF = ''

export function VoiceSection() {
  const text = useText()
  const { draft, change, zones } = useDevices()
  const zoneError = useProblemAt('voice.zone')
  const { voice } = draft
  const set = (next: Partial<VoiceDraft>) => change({ voice: { ...voice, ...next } })
  if (zones.length === 0 && voice.zone === null) {
    return (
      <div className={classes.empty}>
        <Icon name="speaker" size={56} />
        <h2 className={classes.title}>{text('voice.none')}</h2>
        <p className={classes.hint}>{text('voice.noneTodo')}</p>
      </div>
    )
  }
  const known = zones.map(({ id, name }) => ({ value: id, label: name }))
  const isKnown = voice.zone === null || zones.some(({ id }) => id === voice.zone)
  const unknown = isKnown
    ? []
    : [{ value: voice.zone ?? OFF, label: text('voice.unknownZone', { zone: voice.zone ?? '' }) }]
  return (
    <div className={`${classes.card} ${classes.narrow}`}>
      <SelectField
        label={text('voice.zone')}
        hint={text('voice.zoneHint')}
        error={zoneError}
        value={voice.zone ?? OFF}
        options={[{ value: OFF, label: text('voice.off') }, ...known, ...unknown]}
        onChange={(zone) => set({ zone: zone === OFF ? null : zone })}
      />
      {voice.zone !== null && (
        <>
          <RangeField
            label={text('voice.volume')}
            min={0}
            max={100}
            step={5}
            value={voice.volume}
            onChange={(volume) => set({ volume })}
          />
          <ChoiceGroup
            legend={text('voice.repeats')}
            options={REPEATS.map((times) => ({ value: String(times), label: text('voice.times', { times }) }))}
            value={String(voice.repeats)}
            onChange={(times) => set({ repeats: Number(times) })}
          />
          <ChoiceGroup
            legend={text('voice.reading')}
            options={READINGS.map((reading) => ({ value: reading, label: text(`reading.${reading}`) }))}
            value={voice.reading}
            onChange={(reading) => set({ reading: reading ?? 'number' })}
          />
          <ChoiceGroup
            legend={text('voice.languages')}
            options={LANGUAGES.map((languages) => ({
              value: languages,
              label: text(languages === 'id' ? 'voice.indonesian' : 'voice.both'),
            }))}
            value={voice.languages}
            onChange={(languages) => set({ languages: languages ?? 'id' })}
          />
          <CheckField label={text('voice.chime')} checked={voice.chime} onChange={(chime) => set({ chime })} />
          <HearSample voice={voice} />
        </>
      )}
    </div>
  )
}
