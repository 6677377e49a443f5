/** All repositories of one open store. */
import type { Store } from '#db/open.ts'
import { createCommands } from '#db/repositories/commands.ts'
import { createDesk } from '#db/repositories/desk.ts'
import { createDevice } from '#db/repositories/device.ts'
import { createEntries } from '#db/repositories/entries.ts'
import { createEvents } from '#db/repositories/events.ts'
import { createFindings } from '#db/repositories/findings.ts'
import { createHand } from '#db/repositories/hand.ts'
import { createNumbers } from '#db/repositories/numbers.ts'
import { createOlderChains } from '#db/repositories/older-chains.ts'
import { createParked } from '#db/repositories/parked.ts'
import { createPersonalTexts } from '#db/repositories/personal-texts.ts'
import { createPinAttempts } from '#db/repositories/pin-attempts.ts'
import { createPrintJobs } from '#db/repositories/print-jobs.ts'
import { createPutOffPauses } from '#db/repositories/put-off-pauses.ts'
import { createQueue } from '#db/repositories/queue.ts'
import { createSlipKeys } from '#db/repositories/slip-keys.ts'
import { createVisits } from '#db/repositories/visits.ts'
import type { Sha256 } from '#domain/chain.ts'

export function createRepositories(store: Store, sha256: Sha256) {
  return {
    events: createEvents(store, sha256),
    entries: createEntries(store),
    visits: createVisits(store),
    hand: createHand(store),
    queue: createQueue(store),
    desk: createDesk(store),
    device: createDevice(store),
    olderChains: createOlderChains(store),
    findings: createFindings(store),
    parked: createParked(store),
    slipKeys: createSlipKeys(store),
    commands: createCommands(store),
    pinAttempts: createPinAttempts(store),
    numbers: createNumbers(store),
    putOffPauses: createPutOffPauses(store),
    personalTexts: createPersonalTexts(store),
    printJobs: createPrintJobs(store),
  }
}
export type Repositories = ReturnType<typeof createRepositories>
