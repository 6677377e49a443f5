import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder that disappears after the test file; write() puts a file into it and returns its path. */
export function configFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'loket-config-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    pathOf: (name: string) => join(folder, name),
    write: (name: string, content: string | Uint8Array) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
}
