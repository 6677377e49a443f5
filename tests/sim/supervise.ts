/** The supervisor and the technician: people who decide what no machine may. */
import type { DeskNode } from '#tests/sim/desk-node.ts'
import { configOf } from '#tests/sim/sim-mall.ts'
import type { World } from '#tests/sim/world.ts'

/** Services move between counters. */
export async function changeConfig(world: World): Promise<void> {
  if (!world.server.running) return
  world.configVersion += 1
  world.note('supervisor', `configuration ${world.configVersion}`)
  await world.server.running.importConfig(configOf(world.configVersion))
}

/** Does for one of the desks what it needs: reclaim, dismiss or readmit. A supervisor may be wrong: the desk may still live. */
export async function supervise(world: World): Promise<void> {
  const needs = (await world.server.running?.allNeeds()) ?? new Map<string, Need>()
  const needy = world.desks.filter(({ place }) => needs.has(place.deviceId))
  if (needy.length === 0) return
  const desk = world.random.pick(needy)
  const need = needs.get(desk.place.deviceId)
  if (need) await settleDesk(world, desk, need)
}

export type Need = 'reclaim' | 'dismiss' | 'readmit'

export async function settleDesk(world: World, desk: DeskNode, need: Need): Promise<void> {
  await world.excuseAllOf(desk)
  // Who is dismissed may have done things that the server has forgotten.
  if (need === 'dismiss') {
    for (const key of desk.everTouched()) {
      world.tracker.excuse(key)
      world.tracker.claims.overrule(key)
    }
  }
  world.note('supervisor', `${need} ${desk.name}`)
  const freed = await world.server.running?.supervise(need, desk.place.deviceId)
  world.counts.add(`supervisor.${need}`)
  if (need === 'reclaim' && freed) world.counts.add('row.stranded_hand_reclaimed')
  if (need === 'readmit' && world.restored.delete(desk.name)) world.counts.add('row.workstation_restored')
}
