/** Builds what is older than its sources, and nothing else. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '#scripts/build-lock.ts'
import { buildParts, PARTS, type Part } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'

/** Two programs that want the same parts at the same time build them once. */
export function buildStale(names: readonly string[], say: (line: string) => void): Promise<void> {
  return withLock(async () => {
    const stale = PARTS.filter((part) => names.includes(part.name) && isStale(part))
    if (stale.length === 0) return
    say(`Menyiapkan ${stale.map((part) => part.name).join(', ')} ...`)
    await buildParts(stale)
  })
}

function isStale({ output, sources }: Part): boolean {
  const built = statSync(join(ROOT, output), { throwIfNoEntry: false })
  return !built || sources.some((source) => newestChange(join(ROOT, source)) > built.mtimeMs)
}

function newestChange(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  // The folder's own time counts too: it tells that a file was removed.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stat.mtimeMs)
}
