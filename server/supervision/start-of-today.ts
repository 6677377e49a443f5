import { dayOf } from '#domain/business-date.ts'
import type { MallContext } from '#server/context.ts'

/** The instant at which the mall's present date began. */
export function startOfToday({ now, mall }: Pick<MallContext, 'now' | 'mall'>): number {
  return dayOf(now(), mall.timeZone).begin
}
