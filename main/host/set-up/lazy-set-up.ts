/** Set-up is loaded when a technician first asks for something: an officer's start does not wait for it. */
import { DEVICE_METHODS } from '#contract/methods/devices.ts'
import type { Handlers } from '#main/host/router.ts'
import type { SetUp, SetUpMethods, SetUpOptions } from '#main/host/set-up/create-set-up.ts'
import { enrolWithProfile } from '#main/host/set-up/enrol-with-profile.ts'

export type SetUpHandlers = SetUpMethods & Pick<Handlers, 'setup.enrol'>

export function createLazySetUp(options: SetUpOptions): SetUpHandlers {
  let loading: Promise<SetUp> | null = null

  function load(): Promise<SetUp> {
    loading ??= import('#main/host/set-up/create-set-up.ts').then(({ createSetUp }) => createSetUp(options))
    return loading
  }

  const names = Object.keys(DEVICE_METHODS) as (keyof SetUpMethods)[]
  const methods = names.map((name) => [
    name,
    async (input: never) => {
      const { methods } = await load()
      return (methods[name] as (input: never) => unknown)(input)
    },
  ])
  return {
    ...(Object.fromEntries(methods) as SetUpMethods),
    'setup.enrol': (input) => enrolWithProfile(options.context, async (profile) => (await load()).save(profile), input),
  }
}
