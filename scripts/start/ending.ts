/** Every way in which a launcher may be asked to end. */

/** Calls `end` once: for Ctrl-C, a closed terminal, a polite kill, and when npm, which started this, is gone. */
export function onEnd(end: () => void): void {
  let asked = false
  const ask = () => {
    if (asked) return
    asked = true
    end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  if (process.env.npm_lifecycle_event === undefined) return
  const npm = process.ppid
  // A killed npm sends no signal; its child only gets another parent.
  setInterval(() => {
    if (process.ppid !== npm) ask()
  }, 1_000).unref()
}
