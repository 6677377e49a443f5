/** Calls into Windows may never return. They cannot be stopped, so they are waited for no longer than one has time. */
export class LateCall extends Error {}

/**
 * Waits at most `ms` for `work`, then rejects with a LateCall while the work goes on. Such work holds one of the few worker
 * threads of the host, so until all that is late is back nothing else is begun: that rejects with a LateCall at once.
 */
export type Deadline = <T>(ms: number, work: () => Promise<T>) => Promise<T>

/** One for all who call the same thing: only then is it known how many calls are out. */
export function createDeadline(): Deadline {
  /** When each began that is late and not back. */
  const late = new Map<Promise<unknown>, number>()

  return async (ms, work) => {
    const began = performance.now()
    if (late.size > 0) {
      const seconds = Math.round((began - Math.min(...late.values())) / 1000)
      throw new LateCall(
        `Windows has not answered an earlier call for ${seconds} s; nothing else is asked of it until then`,
      )
    }
    const running = work()
    const back = () => void late.delete(running)
    running.then(back, back)
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        late.set(running, began)
        reject(new LateCall(`Windows did not answer within ${ms} ms`))
      }, ms)
    })
    return Promise.race([running, tooLate]).finally(() => clearTimeout(timer))
  }
}
