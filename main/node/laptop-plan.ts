/** Which screens the mall in one laptop has, read from the sample mall's file. */
import { readFile } from 'node:fs/promises'
import { MallConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'

export type PlannedScreen = {
  id: string
  title: string
  kind: DeviceRole['kind']
  role: DeviceRole
  /** Sample officers of this place with their PINs. */
  pins: { officerId: string; pin: string }[]
}

export type LaptopPlan = {
  /** Started with the laptop; the first one is shown first. */
  screens: PlannedScreen[]
  /** Started when somebody asks for another counter. */
  spares: PlannedScreen[]
}

const FIRST_COUNTER = 'polres-1'
/** Enough to play both sample journeys and to see two counters share one queue. */
const SPARE_COUNTERS = ['disdukcapil-1', 'disdukcapil-2', 'dpmptsp-1', 'samsat-1', 'kpp-pratama-1', 'bpd-1']

/** The server reads the same file first and explains every mistake in it, so here a wrong file may simply throw. */
export async function readLaptopPlan(configPath: string): Promise<LaptopPlan> {
  const config = MallConfig.parse(JSON.parse(await readFile(configPath, 'utf8')))
  const counter = (id: string): PlannedScreen[] => {
    const found = config.counters.find((candidate) => candidate.id === id)
    if (!found) return []
    const agency = config.agencies.find((candidate) => candidate.id === found.agencyId)
    return [
      {
        id,
        title: `Loket ${found.name} · ${agency?.shortName ?? found.agencyId}`,
        kind: 'counter',
        role: { kind: 'counter', counterId: id },
        pins: pinsOf(config, (officer) => officer.agencyId === found.agencyId),
      },
    ]
  }
  const frontDesk = config.frontDesks.slice(0, 1).map(
    ({ id, name }): PlannedScreen => ({
      id,
      title: name,
      kind: 'front_desk',
      role: { kind: 'front_desk', frontDeskId: id },
      pins: pinsOf(config, (officer) => officer.agencyId === undefined),
    }),
  )
  return { screens: [...counter(FIRST_COUNTER), ...frontDesk], spares: SPARE_COUNTERS.flatMap(counter) }
}

function pinsOf(config: MallConfig, worksHere: (officer: MallConfig['officers'][number]) => boolean) {
  return config.officers.filter(worksHere).map(({ id, pin }) => ({ officerId: id, pin }))
}
