/** What would be on the display and what would be sent, asked of the host a moment after the last change. Nothing is sent. */
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { Failure, MethodOutput } from '#contract/desk-api.ts'
import type { DisplayTry } from '#contract/methods/devices.ts'
import classes from '#renderer/devices/devices.module.css'
import { problemOf } from '#renderer/devices/places.ts'
import type { DisplayDraft } from '#renderer/devices/profile-draft.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DotMatrix } from '#renderer/panel/dot-matrix.tsx'
import { useClient } from '#renderer/state/context.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

const AFTER_MS = 250

type DisplayPreviewProps = { display: DisplayDraft; show: DisplayTry | null; nameOf: (at: string) => string }

type Preview = MethodOutput<'devices.previewDisplay'>

/** `show` is null while it is not typed to its end: then the last one stays. */
export function DisplayPreview({ display, show, nameOf }: DisplayPreviewProps) {
  const text = useText()
  const { preview, failure } = usePreview(display, show)
  const wrong = problemOf(failure)
  return (
    <section aria-label={text('preview.title')} className={classes.preview}>
      <h3 className={classes.legend}>{text('preview.title')}</h3>
      <div className={classes.led}>
        {preview?.shown ? (
          <DotMatrix text={preview.shown} />
        ) : (
          <p className={classes.dark}>
            {preview ? text(preview.state.length > 0 ? 'preview.unknown' : 'preview.cannot') : ' '}
          </p>
        )}
      </div>
      {preview?.showsPrefix === false && (
        <Notice tone="near" title={text('preview.noPrefix')}>
          {text('preview.noPrefixTodo')}
        </Notice>
      )}
      {wrong && (
        <Notice tone="near" title={text('try.setupWrong')} code="PROFILE_WRONG">
          {text('devices.problem', { place: nameOf(wrong.at), rule: wrong.rule })}
        </Notice>
      )}
      {failure && !wrong && <FailureNotice failure={failure} />}
      {preview && (
        <Disclosure title={text('preview.bytes')} summary={preview.state[0] ?? ''}>
          {preview.init.length > 0 && <Bytes title={text('preview.init')} lines={preview.init} />}
          <Bytes title={text('preview.state')} lines={preview.state} />
        </Disclosure>
      )}
    </section>
  )
}

function Bytes({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <p className={classes.hint}>{title}</p>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the order is what tells two writes apart
        <code key={index} className={classes.hex}>
          {line}
        </code>
      ))}
    </div>
  )
}

function usePreview(display: DisplayDraft, show: DisplayTry | null) {
  const client = useClient()
  const [preview, setPreview] = useState<Preview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  // What is shown does not depend on the port, so a display without one has its preview, too.
  const question = show && JSON.stringify({ display: { driver: display.driver, params: display.params }, show })
  const [asked] = useDebouncedValue(question, AFTER_MS)
  useEffect(() => {
    if (!asked) return
    let isNewest = true
    const ask = async () => {
      const { display, show } = JSON.parse(asked) as { display: Record<string, unknown>; show: DisplayTry }
      const answer = await client.invoke('devices.previewDisplay', {
        display: { ...display, transport: { kind: 'panel' } },
        show,
      })
      if (!isNewest) return
      setFailure(answer.ok ? null : answer)
      if (answer.ok) setPreview(answer.data)
    }
    void ask()
    return () => {
      isNewest = false
    }
  }, [asked, client])
  return { preview, failure }
}
