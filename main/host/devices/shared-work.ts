/** Work that many ask for and that may not come back: while it is on its way, later askers wait for the same answer. */
export function sharedWork<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  return () => {
    running ??= work().finally(() => {
      running = null
    })
    return running
  }
}
