/** Questions with a budget that a command asks the server: without an answer in time the desk goes on by itself. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CoreContext } from '#main/host/context.ts'
import { MallError } from '#main/host/sync/mall-client.ts'

export type Questions = {
  /** Null when the server does not answer in time, or refuses. */
  ask<T>(question: Promise<T>): Promise<T | null>
  /** The same while a visitor waits to be called: what else the server tells has to wait until the answer is used. */
  askFirst<T>(question: Promise<T>): Promise<T | null>
  /** Resolves when the newest answer is used; null when there is none to wait for. */
  busy(): Promise<void> | null
}

export function createQuestions(log: CoreContext['log'], onRefusal: (error: MallError) => void): Questions {
  let answering: Promise<void> | null = null

  async function ask<T>(question: Promise<T>): Promise<T | null> {
    try {
      return await question
    } catch (error) {
      if (!(error instanceof MallError)) throw error
      log.info({ message: String(error) }, 'the server did not answer in time')
      onRefusal(error)
      return null
    }
  }

  return {
    ask,
    askFirst(question) {
      const reply = ask(question)
      // The command goes on, and is stored, in the turn of its answer.
      const used = reply.then(nextTurn, nextTurn).then(() => {
        if (answering === used) answering = null
      })
      answering = used
      return reply
    },
    busy: () => answering,
  }
}
