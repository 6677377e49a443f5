/** The screens as the shells get them, built once per state of the sources and shared by every test file. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, mergeConfig } from 'vite'
import { PARTS } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'
import { pseudoCatalogues } from '#tests/renderer/pseudo-locale.ts'

const CACHE = join(ROOT, 'node_modules/.cache/loket-renderer')

/** The folder with index.html. In the pseudo build the English is none: tests/renderer/pseudo-locale.ts. */
export async function builtRenderer(kind: 'product' | 'pseudo' = 'product'): Promise<string> {
  const folder = join(CACHE, `${await fingerprint()}${kind === 'pseudo' ? '-pseudo' : ''}`)
  if (existsSync(folder)) return folder
  await mkdir(CACHE, { recursive: true })
  const unfinished = await mkdtemp(join(CACHE, 'unfinished-'))
  const part = PARTS.find(({ name }) => name === 'renderer')
  if (!part) throw new Error('scripts/build-parts.ts has no renderer')
  const plugins = kind === 'pseudo' ? [pseudoCatalogues] : []
  const own = { build: { outDir: unfinished }, plugins }
  await build(mergeConfig({ logLevel: 'error', mode: 'production', ...part.config }, own))
  // Another worker may have been faster; its build is the same.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }))
  return folder
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of ['renderer', 'contract', 'domain']) {
    const files = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
    for (const path of paths.sort()) hash.update(path).update(await readFile(path))
  }
  for (const file of ['package-lock.json', 'tests/renderer/pseudo-locale.ts'])
    hash.update(await readFile(join(ROOT, file)))
  return hash.digest('hex').slice(0, 16)
}
