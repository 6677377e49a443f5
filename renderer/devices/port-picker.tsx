/** Which serial port: what is plugged in, what was plugged in a moment ago, and a name typed by hand. */
import { useId, useState } from 'react'
import { useDevices } from '#renderer/devices/context.tsx'
import rowClasses from '#renderer/devices/device-row.module.css'
import { DeviceRow } from '#renderer/devices/device-row.tsx'
import { usersOf } from '#renderer/devices/new-display.ts'
import classes from '#renderer/devices/port-picker.module.css'
import { markOf, type PortMark } from '#renderer/devices/profile-draft.ts'
import type { SeenPort } from '#renderer/devices/use-device-list.ts'
import { type Text, useText } from '#renderer/i18n/text.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

const TONES = { fresh: 'good', gone: 'near' } as const

type PortPickerProps = {
  legend: string
  /** Null: no port, the device panel on the screen. */
  path: string | null
  /** `device` is null for a name typed by hand. */
  onPick: (path: string, device: PortMark | null) => void
  /** Left out where there is no such choice. */
  onPanel?: () => void
  error: string | undefined
}

export function PortPicker({ legend, path, onPick, onPanel, error }: PortPickerProps) {
  const text = useText()
  const group = useId()
  const { devices } = useDevices()
  const [isTyped, setIsTyped] = useState(false)
  const ports = devices?.ports ?? []
  const isUnknown = devices !== null && path !== null && path !== '' && !ports.some((port) => port.path === path)
  const failed = devices?.problems.find(({ code }) => code === 'PORT_LIST_FAILED')

  return (
    <fieldset className={classes.ports}>
      <legend className={classes.legend}>{legend}</legend>
      {failed && (
        <Notice tone="near" title={text('port.listFailed')} code={failed.detail}>
          {text('port.listFailedTodo')}
        </Notice>
      )}
      <div className={classes.list}>
        {ports.map((port) => (
          <DeviceRow
            key={port.path}
            group={group}
            checked={!isTyped && port.path === path}
            onChoose={() => {
              setIsTyped(false)
              onPick(port.path, markOf(port))
            }}
            title={port.path}
            words={wordsOf(port, text)}
            mark={port.seen === 'there' ? undefined : { words: text(`port.${port.seen}`), tone: TONES[port.seen] }}
          >
            <Users port={port} />
          </DeviceRow>
        ))}
        {isUnknown && !isTyped && (
          <DeviceRow
            group={group}
            checked
            onChoose={() => {}}
            title={path}
            words={text('port.unseenWords')}
            mark={{ words: text('port.unseen'), tone: 'near' }}
          />
        )}
        {devices !== null && ports.length === 0 && !isUnknown && !isTyped && (
          <p className={classes.none}>{text('port.none')}</p>
        )}
        <DeviceRow
          group={group}
          checked={isTyped}
          onChoose={() => {
            setIsTyped(true)
            onPick('', null)
          }}
          title={text('port.typed')}
        />
        {onPanel && (
          <DeviceRow
            group={group}
            checked={path === null}
            onChoose={() => {
              setIsTyped(false)
              onPanel()
            }}
            title={text('port.panel')}
          />
        )}
      </div>
      {isTyped && (
        <Field
          label={text('port.name')}
          hint={text('port.nameHint')}
          error={error}
          value={path ?? ''}
          onChange={(typed) => onPick(typed.trim(), null)}
          autoFocus
        />
      )}
      {!isTyped && error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** The draft's own devices, else what the set-up in force still has there. */
function Users({ port }: { port: SeenPort }) {
  const text = useText()
  const users = usersOf(useDevices().draft, port.path)
  const names = users.map((user) =>
    user.kind === 'printer' ? text('section.printer') : text('devices.displayN', { n: user.index + 1 }),
  )
  if (names.length === 0 && port.usedBy === null) return null
  return (
    <span className={rowClasses.users}>
      {names.length > 0
        ? names.join(', ')
        : text(port.usedBy === 'printer' ? 'port.usedByPrinter' : 'port.usedByDisplay')}
    </span>
  )
}

function wordsOf({ maker, serialNumber }: SeenPort, text: Text): string {
  const number = serialNumber && text('port.serialNumber', { number: serialNumber })
  return [maker, number].filter(Boolean).join(', ') || text('port.nameless')
}
