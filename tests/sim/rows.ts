/** Rows of the failure table that show in a desk's own facts. */
import type { EventBody } from '#domain/events.ts'
import type { DeskNode } from '#tests/sim/desk-node.ts'
import type { World } from '#tests/sim/world.ts'

export function countRows(world: World, desk: DeskNode, event: EventBody): void {
  const isCut = desk.phase !== 'on'
  switch (event.type) {
    case 'entry.expired':
      if (isCut) world.counts.add('row.midnight_while_cut_off')
      return
    case 'counter.opened':
      if (twinsOf(world, desk).some((twin) => twin.running?.repositories.desk.get().open)) {
        world.counts.add('fault.second_pc')
      }
      return
    case 'counter.closed':
      // Not by an officer: the counter works at its other PC.
      if (event.officerId === null && twinsOf(world, desk).length > 0) world.counts.add('row.two_pcs_one_counter')
      return
    default:
  }
}

/** Other PCs of the same counter. */
function twinsOf(world: World, desk: DeskNode): DeskNode[] {
  return world.desks.filter((other) => other !== desk && desk.counterId !== null && other.counterId === desk.counterId)
}
