/** Small badges that never claim more than is known. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/app/status-badges.module.css'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'

type BadgeTone = 'good' | 'busy' | 'bad'

export function ConnectionBadge({ connection }: { connection: DeskSnapshot['connection'] }) {
  const text = useText()
  const { time } = useMallTime()
  const { unsent } = connection
  if (connection.state === 'online') {
    return <Badge kind="connection" tone="good" icon="link" words={text('connection.online', { unsent })} />
  }
  return (
    <Badge
      kind="connection"
      tone="busy"
      icon="linkOff"
      words={text('connection.offline', { since: time(connection.since), unsent })}
    />
  )
}

const DEVICE_ICONS = { led: 'display', printer: 'printer', voice: 'sound' } as const
const DEVICE_TONES = { ready: 'good', connecting: 'busy', failed: 'bad' } as const

type DeviceKind = keyof typeof DEVICE_ICONS

export function DeviceBadge({ kind, device }: { kind: DeviceKind; device: DeskSnapshot['led'] }) {
  const text = useText()
  if (device.state === 'absent') return null
  const words = text(`${kind}.${device.state}`)
  const { state, where } = device
  return <Badge kind="device" tone={DEVICE_TONES[state]} icon={DEVICE_ICONS[kind]} words={words} where={where} />
}

type BadgeProps = {
  kind: 'connection' | 'device'
  tone: BadgeTone
  icon: IconName
  words: string
  where?: string | null
}

function Badge({ kind, tone, icon, words, where }: BadgeProps) {
  const title = where ? `${words}: ${where}` : words
  return (
    <span className={classes.badge} data-tone={tone} data-kind={kind} title={title}>
      <Icon name={tone === 'bad' ? 'alert' : icon} size={18} />
      <span className={classes.words}>{words}</span>
    </span>
  )
}
