/** One draft for the whole profile: read once, changed by every section, saved whole. */
import { useEffect, useState } from 'react'
import type { Failure, MethodOutput } from '#contract/desk-api.ts'
import type { DriverView } from '#contract/methods/devices.ts'
import { type ProfileDraft, readProfile, toProfile } from '#renderer/devices/profile-draft.ts'
import { useClient } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'

export type Zones = MethodOutput<'devices.profile'>['zones']
export type LoadedProfile = { draft: ProfileDraft; zones: Zones; drivers: readonly DriverView[] }

export function useLoadedProfile(): { loaded: LoadedProfile | null; failure: Failure | null; again: () => void } {
  const client = useClient()
  const [loaded, setLoaded] = useState<LoadedProfile | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [attempt, setAttempt] = useState(1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isShown = true
    const load = async () => {
      const [drivers, profile] = await Promise.all([
        client.invoke('devices.drivers', {}),
        client.invoke('devices.profile', {}),
      ])
      if (!isShown) return
      if (!drivers.ok) setFailure(drivers)
      else if (!profile.ok) setFailure(profile)
      else {
        const { zones } = profile.data
        setLoaded({ draft: readProfile(profile.data.profile), zones, drivers: drivers.data.drivers })
      }
    }
    void load()
    return () => {
      isShown = false
    }
  }, [client, attempt])
  const again = () => {
    setFailure(null)
    setAttempt((count) => count + 1)
  }
  return { loaded, failure, again }
}

export type ProfileControl = {
  draft: ProfileDraft
  change: (change: Partial<ProfileDraft>) => void
  isChanged: boolean
  isSaved: boolean
  isSaving: boolean
  failure: Failure | null
  /** Answers whether it is in force now. */
  save: () => Promise<boolean>
}

export function useProfile(first: ProfileDraft): ProfileControl {
  const command = useCommand()
  const [draft, setDraft] = useState(first)
  const [saved, setSaved] = useState(() => JSON.stringify(toProfile(first)))
  const [isSaved, setIsSaved] = useState(false)
  return {
    draft,
    change(change) {
      setDraft((before) => ({ ...before, ...change }))
      setIsSaved(false)
      command.clear()
    },
    isChanged: JSON.stringify(toProfile(draft)) !== saved,
    isSaved,
    isSaving: command.busy,
    failure: command.failure,
    async save() {
      const profile = toProfile(draft)
      const done = await command.run('devices.save', { profile })
      if (!done) return false
      setSaved(JSON.stringify(profile))
      setIsSaved(true)
      return true
    },
  }
}
