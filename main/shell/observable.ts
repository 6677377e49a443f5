/** A value that can be watched: watchers get the newest value at once and on every change (state, not events). */

export type Observable<T> = {
  get(): T
  /** Returns the function that stops the calls. */
  watch(onValue: (value: T) => void): () => void
}

export type Source<T> = Observable<T> & { set(value: T): void }

export function createSource<T>(initial: T): Source<T> {
  let value = initial
  const watchers = new Set<{ onValue: (value: T) => void }>()
  return {
    get: () => value,
    set(next) {
      value = next
      // A copy, because a watcher may stop watching while it is called.
      for (const watcher of [...watchers]) if (watchers.has(watcher)) watcher.onValue(next)
    },
    watch(onValue) {
      const watcher = { onValue }
      watchers.add(watcher)
      onValue(value)
      return () => watchers.delete(watcher)
    },
  }
}
