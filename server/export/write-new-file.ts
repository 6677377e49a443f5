import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { StartError } from '#server/start-error.ts'

/** Writes the whole file or nothing: a report that stops in the middle would look like a quiet afternoon. */
export function writeNewFile(path: string, text: string, options: { overwrite: boolean }): void {
  if (!options.overwrite && existsSync(path)) {
    throw new StartError('FILE_EXISTS', `${path} sudah ada. Pilih nama lain, atau --force untuk menimpanya.`)
  }
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(temporary, 'wx')
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'tanpa kode'
    throw new StartError('FILE_NOT_WRITTEN', `${path} tidak dapat ditulis (${code}). Periksa foldernya.`)
  }
}
