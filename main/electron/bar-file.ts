/** bar.json in the data folder: where the bar of each screen stands and which keys it has. It belongs to the PC. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { DEFAULT_SHORTCUTS, ShortcutSettings } from '#contract/shortcuts.ts'
import type { BarPlace } from '#main/electron/bar-place.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

const Place = z.object({ displayId: z.number(), x: z.int(), y: z.int(), width: z.int() }) satisfies z.ZodType<BarPlace>
const Content = z.object({ shortcuts: ShortcutSettings, places: z.record(z.string(), Place) })
type Content = z.infer<typeof Content>

export type BarFile = {
  place(screenId: string): BarPlace | null
  /** A place that cannot be written is kept until the shell ends, and logged. */
  setPlace(screenId: string, place: BarPlace): void
  shortcuts(): ShortcutSettings
  /** False when it could not be written; then the ones before stay. */
  setShortcuts(shortcuts: ShortcutSettings): boolean
}

export function openBarFile(path: string, log: ShellLog): BarFile {
  let content = read(path, log)

  function write(next: Content): boolean {
    try {
      writeFileSync(`${path}.new`, `${JSON.stringify(next, null, 2)}\n`)
      renameSync(`${path}.new`, path)
      return true
    } catch (error) {
      log.warn({ err: error, path }, 'settings of the bar could not be written')
      return false
    }
  }

  return {
    place: (screenId) => content.places[screenId] ?? null,
    setPlace(screenId, place) {
      content = { ...content, places: { ...content.places, [screenId]: place } }
      write(content)
    },
    shortcuts: () => content.shortcuts,
    setShortcuts(shortcuts) {
      const next = { ...content, shortcuts }
      const written = write(next)
      if (written) content = next
      return written
    },
  }
}

/** A file that nobody can read is no reason to be without a bar. */
function read(path: string, log: ShellLog): Content {
  try {
    return Content.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ err: error, path }, 'settings of the bar ignored')
    return { shortcuts: DEFAULT_SHORTCUTS, places: {} }
  }
}
