/** The screen's part of the loudspeaker: there at every PC that has one, whoever is signed in. */
import { useEffect, useRef, useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { useClient } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { createSpeaker, type Speaker } from '#renderer/voice/speaker.ts'
import classes from '#renderer/voice/voice.module.css'

const GESTURES = ['pointerdown', 'keydown'] as const

export function Voice() {
  const text = useText()
  const client = useClient()
  const speaker = useRef<Speaker | null>(null)
  const [isSilenced, setSilenced] = useState(false)

  useEffect(() => {
    const own = createSpeaker(client, setSilenced)
    speaker.current = own
    const unsubscribe = client.subscribe('announcement', (value) => own.announce(value))
    // Whatever the officer touches first does as well as the button.
    for (const gesture of GESTURES) document.addEventListener(gesture, own.resume)
    return () => {
      for (const gesture of GESTURES) document.removeEventListener(gesture, own.resume)
      unsubscribe()
      own.close()
    }
  }, [client])

  if (!isSilenced) return null
  return (
    <div className={classes.corner}>
      <Button size="small" icon="sound" onClick={() => speaker.current?.resume()}>
        {text('voice.activate')}
      </Button>
    </div>
  )
}
