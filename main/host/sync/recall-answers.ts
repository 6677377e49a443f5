/** Answers to recalls go out at once and by themselves. A lost one is not the end: the recall stays asked, the fact is pushed. */
import { setTimeout as delay } from 'node:timers/promises'
import type { RecallAnswerRequest } from '#contract/wire/hands.ts'
import type { MallClient } from '#main/host/sync/mall-client.ts'

/** Waits before each try. */
const TRIES_MS = [0, 200, 1_000]

/** Facts wait no longer for answers that do not get through. */
const WAIT_MS = 100

/** Resolves when all are sent, or after a while. */
export async function whileAnswering(answers: readonly Promise<void>[]): Promise<void> {
  await Promise.race([Promise.allSettled(answers), delay(WAIT_MS, null, { ref: false })])
}

/** Throws what the last try met. */
export async function sendAnswer(client: MallClient, answer: RecallAnswerRequest, stopped: AbortSignal): Promise<void> {
  for (const [index, wait] of TRIES_MS.entries()) {
    if (wait > 0) await delay(wait, undefined, { signal: stopped })
    try {
      await client.answerRecall(answer)
      return
    } catch (error) {
      if (index === TRIES_MS.length - 1) throw error
    }
  }
}
