/** Set-up is loaded when a technician first asks for something: an officer's start does not wait for it. */
import type { Handlers } from '#main/host/router.ts'
import type { SetUpMethods, SetUpOptions } from '#main/host/set-up/create-set-up.ts'
import { enrolWithProfile } from '#main/host/set-up/enrol-with-profile.ts'

export type SetUpHandlers = SetUpMethods & Pick<Handlers, 'setup.enrol'>

/** By name, because the contract's own table comes with shapes that no start waits for. */
const METHODS: Record<keyof SetUpMethods, true> = {
  'devices.list': true,
  'devices.drivers': true,
  'devices.profile': true,
  'devices.save': true,
  'devices.previewDisplay': true,
  'devices.tryDisplay': true,
  'devices.traffic': true,
  'devices.previewPaper': true,
  'devices.tryPrinter': true,
  'devices.tryVoice': true,
  'devices.export': true,
  'devices.readExport': true,
}

export function createLazySetUp(options: SetUpOptions): SetUpHandlers {
  let loading: Promise<SetUpMethods> | null = null

  function load(): Promise<SetUpMethods> {
    loading ??= import('#main/host/set-up/create-set-up.ts').then(({ createSetUp }) => createSetUp(options))
    return loading
  }

  const names = Object.keys(METHODS) as (keyof SetUpMethods)[]
  const methods = names.map((name) => [
    name,
    async (input: never) => {
      const methods = await load()
      return (methods[name] as (input: never) => unknown)(input)
    },
  ])
  return {
    ...(Object.fromEntries(methods) as SetUpMethods),
    'setup.enrol': (input) => enrolWithProfile(options, input),
  }
}
