/** What all events of one push share while they are applied. */
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import type { Actor } from '#server/custody/settle-entry.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export type PushScope = {
  trx: Trx
  touched: Touched
  context: MallContext
  device: Device
  /** The generation of the pushed chain: the device's own, or the one before a supervisor settled a doubt. */
  generation: number
  /** Events up to here are older than the incarnation that the device has adopted. */
  adoptedSeq: number
  /** Epochs of this device's sessions that a supervisor had ended before this push. */
  reclaimedEpochs: ReadonlySet<number>
  /** An event is not older than the one before it in its chain: the corrected time of that one, when numbers are issued. */
  notBefore: number
  /** Counters that opened or went on after a pause. */
  openedCounterId: string | null
  /** It chose its services: what it has of others is asked back. */
  choseServices: boolean
}

export function actorOf({ device, generation, adoptedSeq, context }: PushScope, seq: number): Actor {
  const isOld = generation < device.generation || seq <= adoptedSeq
  return { deviceId: device.id, bornIncarnation: isOld ? context.incarnation - 1 : context.incarnation }
}

/** The chain before a supervisor settled a doubt. The store that goes on has none of the hand that it tells of. */
export function isGivenUpChain({ generation, device }: PushScope): boolean {
  return generation < device.generation
}

/** Written before the device asserted its custody to this incarnation, and in the chain of which it spoke then. */
export function isBeforeAssertion({ generation, device, adoptedSeq }: PushScope, seq: number): boolean {
  return generation === device.generation && seq <= adoptedSeq
}
