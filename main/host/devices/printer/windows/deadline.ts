/** Calls into Windows may never return. They cannot be stopped, so they are waited for no longer than one has time. */
export class LateCall extends Error {}

/**
 * Gives a function that waits at most `ms` for `work`, then rejects with a LateCall while the work goes on. Such work holds one
 * of the few worker threads of the host, so until it is back nothing else is begun: that rejects with a LateCall at once.
 */
export function createDeadline(): <T>(ms: number, work: () => Promise<T>) => Promise<T> {
  let lateSince: number | null = null

  return async (ms, work) => {
    const began = performance.now()
    if (lateSince !== null) {
      const seconds = Math.round((began - lateSince) / 1000)
      throw new LateCall(
        `Windows has not answered an earlier call for ${seconds} s; nothing else is asked of it until then`,
      )
    }
    const running = work()
    const back = () => {
      lateSince = null
    }
    running.then(back, back)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        lateSince = began
        reject(new LateCall(`Windows did not answer within ${ms} ms`))
      }, ms)
    })
    return Promise.race([running, late]).finally(() => clearTimeout(timer))
  }
}
