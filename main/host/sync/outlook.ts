/** A front desk asks once a minute how the day goes; what it was told is good for a few minutes. */
import type { OutlookReply } from '#contract/wire/front-desk.ts'
import type { CoreContext } from '#main/host/context.ts'
import type { MallClient } from '#main/host/sync/mall-client.ts'

const EVERY_MS = 60_000
/** Older than this it says nothing about a visitor who comes now. */
const GOOD_MS = 3 * EVERY_MS

type OutlookPorts = {
  context: Pick<CoreContext, 'clock' | 'repositories'>
  client(): MallClient
  onTold(): void
  inBackground(work: Promise<void>, what: string): Promise<void>
}

export function createOutlook({ context, client, onTold, inBackground }: OutlookPorts) {
  const { clock, repositories } = context
  let told: { reply: OutlookReply; at: number } | null = null
  let isAsking = false

  async function ask(): Promise<void> {
    isAsking = true
    try {
      told = { reply: await client().outlook(), at: clock.mono() }
      onTold()
    } finally {
      isAsking = false
    }
  }

  /** Something that it speaks of has changed, as far as this desk knows. */
  function refresh(): void {
    if (isAsking || repositories.device.get()?.role_kind !== 'front_desk') return
    void inBackground(ask(), 'outlook')
  }

  return {
    refresh,
    /** Called often; asks when the last answer is a minute old. */
    keepFresh(): void {
      if (told === null || clock.mono() - told.at >= EVERY_MS) refresh()
    },
    newest: (): OutlookReply | null => (told && clock.mono() - told.at < GOOD_MS ? told.reply : null),
  }
}
