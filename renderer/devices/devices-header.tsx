/** The way out, where this is, and the one button that puts the draft into force. */
import { Preferences } from '#renderer/app/preferences.tsx'
import classes from '#renderer/devices/devices-header.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

/** Back to what is under this screen, or, where it is the only one, out of the session. */
export type Way = { kind: 'back'; to: 'desk' | 'setup'; go: () => void } | { kind: 'signOut'; go: () => void }

type Saving = { isChanged: boolean; isSaved: boolean; isSaving: boolean; save: () => void }

type DevicesHeaderProps = { placeName: string | null; way: Way; onLeave: () => void; saving?: Saving }

export function DevicesHeader({ placeName, way, onLeave, saving }: DevicesHeaderProps) {
  const text = useText()
  return (
    <header className={classes.header}>
      {way.kind === 'back' && (
        <Button icon="arrowLeft" shortcut="Esc" size="small" onClick={onLeave}>
          {text(way.to === 'desk' ? 'devices.backToDesk' : 'devices.backToSetup')}
        </Button>
      )}
      <div className={classes.names}>
        <h1 className={classes.title}>{text('devices.title')}</h1>
        {placeName && <p className={classes.place}>{placeName}</p>}
      </div>
      <div className={classes.tools}>
        {saving && <SaveState {...saving} />}
        <Preferences />
        {way.kind === 'signOut' && (
          <Button look="quiet" size="small" onClick={onLeave}>
            {text('officer.signOut')}
          </Button>
        )}
      </div>
    </header>
  )
}

function SaveState({ isChanged, isSaved, isSaving, save }: Saving) {
  const text = useText()
  return (
    <>
      <p className={classes.state} role="status" data-tone={isChanged ? 'near' : 'good'}>
        {isChanged && text('devices.unsaved')}
        {!isChanged && isSaved && (
          <>
            <Icon name="check" size={18} />
            {text('devices.saved')}
          </>
        )}
      </p>
      <Button look={isChanged ? 'primary' : 'secondary'} busy={isSaving} disabled={!isChanged} onClick={save}>
        {text('devices.save')}
      </Button>
    </>
  )
}
