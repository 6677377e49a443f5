/** Something that happens. Unlike an Observable it keeps nothing: who comes later must not act on what was pressed before. */
import { createSource, type Observable } from '#main/shell/observable.ts'

export type Signal<T> = {
  send(value: T): void
  /** Returns the function that stops the calls. */
  watch(onValue: (value: T) => void): () => void
  /** Whether anybody listens. */
  heard: Observable<boolean>
}

export function createSignal<T>(): Signal<T> {
  const watchers = new Set<{ onValue: (value: T) => void }>()
  const heard = createSource(false)
  const tell = () => {
    if (heard.get() !== watchers.size > 0) heard.set(watchers.size > 0)
  }
  return {
    heard,
    send(value) {
      for (const watcher of [...watchers]) watcher.onValue(value)
    },
    watch(onValue) {
      const watcher = { onValue }
      watchers.add(watcher)
      tell()
      return () => {
        watchers.delete(watcher)
        tell()
      }
    },
  }
}
