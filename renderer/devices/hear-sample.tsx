/** Lets the technician hear the draft before it is saved. */
import { useEffect, useRef, useState } from 'react'
import classes from '#renderer/devices/devices.module.css'
import { LastTry } from '#renderer/devices/last-try.tsx'
import type { VoiceDraft } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { playSample, type SampleEnd } from '#renderer/voice/play-sample.ts'

type Unheard = Extract<SampleEnd, { kind: 'silent' | 'broken' }>

export function HearSample({ voice }: { voice: VoiceDraft }) {
  const text = useText()
  const asking = useCommand()
  const stop = useRef<AbortController | null>(null)
  const [isPlaying, setIsPlaying] = useState(false)
  const [end, setEnd] = useState<SampleEnd | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const hear = async () => {
    const pressed = new AbortController()
    stop.current = pressed
    setEnd(null)
    const sample = await asking.run('devices.tryVoice', { voice })
    // The technician went on to something else.
    if (!sample || pressed.signal.aborted) return
    setIsPlaying(true)
    setEnd(await playSample(sample, pressed.signal))
    setIsPlaying(false)
  }

  const unheard = end?.kind === 'silent' || end?.kind === 'broken' ? end : null
  return (
    <>
      <div className={classes.row}>
        <Button
          icon={isPlaying ? 'stop' : 'sound'}
          busy={asking.busy}
          onClick={() => (isPlaying ? stop.current?.abort() : void hear())}
        >
          {text(isPlaying ? 'voice.sampleStop' : 'voice.sample')}
        </Button>
        <span className={classes.hint}>{text('voice.sampleHint')}</span>
      </div>
      <LastTry outcome={null} failure={asking.failure} done="" />
      {unheard && <Unheard end={unheard} />}
    </>
  )
}

/** Why nothing was heard. Below the end of a small screen it is brought into view. */
function Unheard({ end }: { end: Unheard }) {
  const text = useText()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const isBroken = end.kind === 'broken'
  const title = isBroken ? text('voice.sampleBroken', { names: end.names.join(', ') }) : text('voice.sampleSilent')
  return (
    <div ref={box}>
      <Notice tone="near" role="alert" title={title} code={isBroken ? 'VOICE_CLIP_BROKEN' : 'VOICE_SILENT'}>
        {text(isBroken ? 'voice.sampleBrokenTodo' : 'voice.sampleSilentTodo')}
      </Notice>
    </div>
  )
}
