/** What the page loads before the first screen shows: scripts and styles, as a server would compress them. Fonts apart. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

export type FirstLoad = { files: string[]; codeBytes: number; fontBytes: number }

/** `folder` holds index.html. What it names, and what that imports at once; what is imported later is not among them. */
export function firstLoad(folder: string): FirstLoad {
  const assets = join(folder, 'assets')
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const files = new Set(
    [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name ?? ''),
  )
  for (const file of files) {
    if (!file.endsWith('.js')) continue
    const script = readFileSync(join(assets, file), 'utf8')
    const statics = script.matchAll(/(?:from|import)\s*["'](\.\/[^"']+\.js)["']/g)
    for (const [, path] of statics) files.add(basename(path ?? ''))
  }
  const bytes = (name: string) => readFileSync(join(assets, name))
  const fonts = readdirSync(assets).filter((name) => /-latin-wght-.*\.woff2$/.test(name))
  return {
    files: [...files],
    codeBytes: [...files].reduce((sum, name) => sum + gzipSync(bytes(name), { level: 9 }).length, 0),
    fontBytes: fonts.reduce((sum, name) => sum + bytes(name).length, 0),
  }
}
