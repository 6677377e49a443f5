/** Signs a supervisor of the whole mall in, with the PIN that opens the desks too. */
import type { OfficerOnDevice } from '#contract/mall-config.ts'
import { afterClockChange, afterWrongPin, lockedSeconds } from '#domain/pin-back-off.ts'
import type { MallContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { verifyPin } from '#server/secrets.ts'
import { SupervisionFailure } from '#server/supervision/supervision-failure.ts'

/** `code` is what the officer types at a desk, or the id in the configuration. */
export async function signIn(context: MallContext, code: string, pin: string): Promise<OfficerOnDevice> {
  const officer = context.mall.config.officers.find(
    (one) => isSupervisor(one) && (one.code === code || one.id === code),
  )
  if (!officer) throw wrongPin()
  await countTry(context, officer.id)
  if (!(await verifyPin(pin, officer.pinHash))) throw wrongPin()
  await changeMall(context, (trx) =>
    trx
      .deleteFrom('supervisor_attempt')
      .where('mall_id', '=', context.mallId)
      .where('officer_id', '=', officer.id)
      .execute(),
  )
  return officer
}

/** Still one in the present configuration: a session ends with the role. */
export function findSupervisor({ mall }: Pick<MallContext, 'mall'>, officerId: string): OfficerOnDevice | null {
  return mall.config.officers.find((one) => one.id === officerId && isSupervisor(one)) ?? null
}

function isSupervisor({ roles, agencyId }: OfficerOnDevice): boolean {
  return roles.includes('supervisor') && agencyId === undefined
}

/** Counted as wrong before it is checked, so that many at once do not pass for one. */
async function countTry(context: MallContext, officerId: string): Promise<void> {
  const now = context.now()
  const seconds = await changeMall(context, async (trx) => {
    const row = await trx
      .selectFrom('supervisor_attempt')
      .select(['failures', 'locked_until'])
      .where('mall_id', '=', context.mallId)
      .where('officer_id', '=', officerId)
      .executeTakeFirst()
    const before = afterClockChange({ failures: row?.failures ?? 0, lockedUntil: row?.locked_until ?? 0 }, now)
    const wait = lockedSeconds(before, now)
    if (wait > 0) return wait
    const { failures, lockedUntil: locked_until } = afterWrongPin(before, now)
    await trx
      .insertInto('supervisor_attempt')
      .values({ mall_id: context.mallId, officer_id: officerId, failures, locked_until })
      .onConflict((conflict) => conflict.columns(['mall_id', 'officer_id']).doUpdateSet({ failures, locked_until }))
      .execute()
    return 0
  })
  if (seconds > 0) throw new SupervisionFailure('LOCKED', `too many wrong PINs, wait ${seconds} s`, seconds)
}

function wrongPin(): SupervisionFailure {
  return new SupervisionFailure('WRONG_PIN', 'no supervisor of the whole mall has this code and PIN')
}
