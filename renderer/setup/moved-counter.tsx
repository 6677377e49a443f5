/** What a file of another PC brings, before anything is done with it. */
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/setup/setup.module.css'
import type { Moved } from '#renderer/setup/use-move.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export function MovedCounter({ moved, onDrop }: { moved: Moved; onDrop: () => void }) {
  const text = useText()
  return (
    <div className={classes.moved} role="status">
      <Icon name="move" size={22} />
      <div>
        <p className={classes.movedTitle}>{text('setup.movedFrom', { place: moved.placeName })}</p>
        <ul className={classes.devices}>
          {devicesIn(moved.profile, text).map((device) => (
            <li key={device}>{device}</li>
          ))}
        </ul>
        <p>{text('setup.movedTodo')}</p>
        <Button look="quiet" size="small" icon="close" onClick={onDrop}>
          {text('setup.movedDrop')}
        </Button>
      </div>
    </div>
  )
}

type Transport = { kind?: string; path?: string; queue?: string; host?: string }
type Brought = {
  displays?: { driver: string; transport?: Transport }[]
  printer?: { width: number; transport?: Transport } | null
  voice?: { zone: string } | null
}

/** The host checked the profile; here only names are taken out of it. */
function devicesIn(profile: Record<string, unknown>, text: ReturnType<typeof useText>): string[] {
  const { displays = [], printer, voice } = profile as Brought
  const where = (transport: Transport = {}) =>
    transport.path ?? transport.queue ?? transport.host ?? text('port.panelShort')
  const devices = [
    ...displays.map(({ driver, transport }, index) =>
      text('setup.movedDisplay', { n: index + 1, driver, where: where(transport) }),
    ),
    ...(printer ? [text('setup.movedPrinter', { width: printer.width, where: where(printer.transport) })] : []),
    ...(voice ? [text('setup.movedVoice')] : []),
  ]
  return devices.length > 0 ? devices : [text('setup.movedNothing')]
}
