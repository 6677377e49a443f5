/** A small file that is replaced whole or not at all, also when the power goes. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Beside its place first, then moved there. Throws the file system's error, and then the old file is as it was. */
export function writeWhole(path: string, text: string, mode: number): void {
  const next = `${path}.new`
  try {
    writeThrough(next, text, mode)
    renameSync(next, path)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}

function writeThrough(path: string, text: string, mode: number): void {
  const file = openSync(path, 'w', mode)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
