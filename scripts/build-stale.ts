/** Which built parts are older than what they are made of. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PARTS, type Part } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'

export function staleParts(names: readonly string[]): Part[] {
  return PARTS.filter((part) => names.includes(part.name) && isStale(part))
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
