/** npm run build: everything that Electron or a browser runs, into out/. With names (npm run build -- host) only those parts. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { withLock } from '#scripts/build-lock.ts'
import { buildParts, PARTS } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'

const names = process.argv.slice(2)
const unknown = names.find((name) => PARTS.every((part) => part.name !== name))
if (unknown !== undefined) {
  console.error(`Bagian "${unknown}" tidak ada. Pilihan: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
// A whole build starts from nothing, so that no file of an older one is packed.
await withLock(async () => {
  if (names.length === 0) await rm(join(ROOT, 'out'), { recursive: true, force: true })
  await buildParts(names.length === 0 ? PARTS : PARTS.filter((part) => names.includes(part.name)))
})
