/** The mall's slip keys of the next days, kept as they came: sealed. */
import type { SlipKeysReply } from '#contract/wire/numbers.ts'
import type { CoreContext } from '#main/host/context.ts'

export function takeSlipKeys({ store, repositories }: CoreContext, { keys }: SlipKeysReply): void {
  store.transaction(() => repositories.slipKeys.replaceAll(keys))
}
