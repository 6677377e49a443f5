/**
 * Before the Windows installer is packed: npm installs koffi's native part only for the system that it runs on, and without it
 * the installed program could reach no printer of Windows. On Windows it is there by `npm ci`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '#scripts/root.ts'

const NATIVE_PART = '@koromix/koffi-win32-x64'

const versionOf = (name: string): string | null => {
  const path = join(ROOT, 'node_modules', name, 'package.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : null
}

const wanted = versionOf('koffi')
const found = versionOf(NATIVE_PART)
if (wanted === null || found !== wanted) {
  console.error(`Modul ${NATIVE_PART} ${wanted ?? ''} belum terpasang (ada: ${found ?? 'tidak ada'}).`)
  console.error('Kemas pemasang Windows di Windows sesudah npm ci, atau di sini jalankan dahulu:')
  console.error(`  npm install --no-save --force ${NATIVE_PART}@${wanted ?? ''}`)
  process.exit(1)
}
