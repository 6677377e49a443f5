/** One seed: a busy morning in which things break, then everything is mended, then the books must balance. */
import { rmSync } from 'node:fs'

import { join } from 'node:path'

import { healAndFinish, openMall } from '#tests/sim/heal.ts'
import { createRandom } from '#tests/sim/random.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import type { SeedResult } from '#tests/sim/run-seeds.ts'
import { step } from '#tests/sim/scheduler.ts'
import { LATE, MORNING } from '#tests/sim/sim-mall.ts'
import { BASE, prepareWorldFolder } from '#tests/sim/template.ts'
import { World } from '#tests/sim/world.ts'

export async function runSeed(seed: number, withHistory: boolean): Promise<SeedResult> {
  const random = createRandom(seed)
  const folder = join(BASE, `loket-sim-${process.pid}-${seed}`)
  await prepareWorldFolder(folder)
  const world = new World(random, folder, random.chance(0.25) ? LATE : MORNING)
  world.time.install()
  let violation: SeedResult['violation'] = null
  try {
    await world.server.start()
    await openMall(world)
    const steps = 170 + random.below(120)
    for (let n = 0; n < steps; n += 1) {
      await step(world)
      if (world.failure) throw world.failure
    }
    await healAndFinish(world)
    if (world.failure) throw world.failure
  } catch (error) {
    const invariant = error instanceof InvariantBroken ? error.invariant : 'FAULT'
    const detail =
      error instanceof InvariantBroken ? error.message : error instanceof Error ? `${error.stack}` : String(error)
    violation = { seed, invariant, detail, step: world.history.step, history: world.history.text() }
  } finally {
    for (const desk of world.desks) desk.crash()
    await world.server.crash()
    world.time.release()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    seed,
    steps: world.history.step,
    counts: world.counts.toJSON(),
    violation,
    history: withHistory ? world.history.text() : null,
  }
}
