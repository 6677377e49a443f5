/** Assertion: everything this desk knows of custody, for a server that lost its memory. */
import type { AssertRequest } from '#contract/wire/assertions.ts'
import type { CoreContext } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'
import { enrolled } from '#main/host/sync/steps/hello.ts'

export function assertRequest(context: CoreContext): AssertRequest {
  const { repositories } = context
  const device = enrolled(repositories.device.get())
  const { counter, open, chosenServices, paused } = repositories.desk.get()
  return {
    incarnation: device.asserting ?? device.incarnation,
    headSeq: repositories.events.head(device.generation).seq,
    session: counter && {
      ...{ epoch: counter.epoch, open },
      ...(chosenServices ? { serviceIds: [...chosenServices] } : {}),
      ...(paused ? { paused } : {}),
    },
    entries: repositories.hand
      .ofDay(today(context))
      .map(({ isPriority: _isPriority, order: _order, ...entry }) => entry),
  }
}

/** The server has it: this incarnation knows this device. */
export function takeAssert({ store, repositories }: CoreContext): void {
  store.transaction(() => {
    const { asserting, incarnation } = enrolled(repositories.device.get())
    repositories.device.set({ incarnation: asserting ?? incarnation, asserting: null })
  })
}
