/** Pushes whole values to subscribed screens after state was committed. Many changes in a burst become one push. */
import type { Topic, TopicValue } from '#contract/desk-api.ts'

/** At most this often per topic: one screen frame. */
const FRAME_MS = 16

type Builders = { [T in Topic]: () => TopicValue<T> }

export type Publisher = {
  isTopic(text: string): text is Topic
  changed(topic: Topic): void
  /** Calls back with the newest value at once (in this turn) and after each change. Returns unsubscribe. */
  subscribe(topic: Topic, onValue: (value: unknown) => void): () => void
  stop(): void
}

export function createPublisher(builders: Builders, onError: (topic: Topic, error: unknown) => void): Publisher {
  const topics = new Map<Topic, { subscribers: Set<(value: unknown) => void>; due: boolean; last: number }>()
  const timers = new Set<NodeJS.Timeout | NodeJS.Immediate>()

  function state(topic: Topic) {
    const known = topics.get(topic)
    if (known) return known
    const fresh = { subscribers: new Set<(value: unknown) => void>(), due: false, last: 0 }
    topics.set(topic, fresh)
    return fresh
  }

  function push(topic: Topic): void {
    const one = state(topic)
    one.due = false
    one.last = performance.now()
    if (one.subscribers.size === 0) return
    try {
      const value = builders[topic]()
      for (const onValue of one.subscribers) onValue(value)
    } catch (error) {
      onError(topic, error)
    }
  }

  return {
    isTopic: (text): text is Topic => Object.hasOwn(builders, text),
    changed(topic) {
      const one = state(topic)
      // Whoever subscribes later gets the newest value at once.
      if (one.due || one.subscribers.size === 0) return
      one.due = true
      const wait = one.last + FRAME_MS - performance.now()
      // After the command's answer has gone out: a call is never slower because a screen wants a list.
      const timer = wait > 0 ? setTimeout(run, wait) : setImmediate(run)
      function run() {
        timers.delete(timer)
        push(topic)
      }
      timers.add(timer)
    },
    subscribe(topic, onValue) {
      const { subscribers } = state(topic)
      subscribers.add(onValue)
      try {
        onValue(builders[topic]())
      } catch (error) {
        onError(topic, error)
      }
      return () => subscribers.delete(onValue)
    },
    stop() {
      for (const timer of timers) {
        clearTimeout(timer as NodeJS.Timeout)
        clearImmediate(timer as NodeJS.Immediate)
      }
      timers.clear()
      topics.clear()
    },
  }
}
