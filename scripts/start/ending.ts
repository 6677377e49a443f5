/** Every way in which a launcher may be asked to end. */
import { readFileSync } from 'node:fs'

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
  const npm = npmProcess()
  // A killed npm sends no signal; what it started only gets another parent.
  setInterval(() => {
    if (npmProcess() !== npm) ask()
  }, 1_000).unref()
}

/** The parent, or the parent's parent where npm put a shell between. Elsewhere than on Linux only the former is seen. */
function npmProcess(): number {
  const stat = statOf(process.ppid)
  return stat && /^(sh|bash|dash|zsh|ksh|busybox)$/.test(stat.name) ? stat.parent : process.ppid
}

function statOf(pid: number): { name: string; parent: number } | null {
  try {
    // "pid (name) state parent ..."; the name may hold anything, also a closing bracket.
    const [, name = '', parent] = /\((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return { name, parent: Number(parent) }
  } catch {
    return null
  }
}
