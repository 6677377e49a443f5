/**
 * Who may import whom (docs/architecture.md). Reads every import of every source file; a folder in which no file was seen
 * is a failure too, because a check that looks at nothing passes everything.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'vite'
import { ROOT } from '#scripts/root.ts'

/** Room -> rooms it may import besides itself. The longest matching room counts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  contract: ['domain'],
  db: ['contract', 'domain'],
  'main/host': ['db', 'contract', 'domain', 'main/shell/host-protocol.ts', 'main/shell/shell-log.ts'],
  'main/host/use-cases': [
    'db',
    'contract',
    'domain',
    'main/host/context.ts',
    'main/host/ports.ts',
    'main/host/record.ts',
    'main/host/take-grant.ts',
    'main/host/run-command.ts',
    'main/host/desk-state.ts',
    'main/host/services.ts',
    'main/host/own-counter.ts',
    'main/host/pin.ts',
    'main/host/front-desk',
    'main/host/printing',
    'main/host/device-documents.ts',
  ],
  'main/host/devices': ['contract', 'domain', 'main/host/ports.ts', 'main/host/device-documents.ts'],
  'main/host/sync': [
    'db',
    'contract',
    'domain',
    'main/host/ports.ts',
    'main/host/context.ts',
    'main/host/record.ts',
    'main/host/take-grant.ts',
    'main/host/desk-state.ts',
    'main/host/services.ts',
  ],
  'main/shell': ['contract', 'domain'],
  'main/node': ['main/shell', 'contract', 'domain'],
  'main/electron': ['main/shell', 'main/node', 'preload', 'contract', 'domain'],
  preload: ['contract', 'domain'],
  renderer: ['contract', 'domain', 'preload/api.ts'],
  server: ['contract', 'domain'],
  scripts: ['domain', 'contract', 'db', 'main', 'server', 'renderer', 'preload'],
}
/** Packages that only some rooms may use. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  electron: ['main/electron', 'preload'],
  react: ['renderer'],
  'better-sqlite3': ['db', 'server', 'scripts'],
  kysely: ['db', 'server'],
  pg: ['server'],
  serialport: ['main/host/devices', 'scripts'],
  koffi: ['main/host/devices'],
  fastify: ['server'],
}
/** Rooms that must run anywhere: no Node modules, no packages but these. */
const PACKAGES_OF: Readonly<Record<string, readonly string[]>> = { domain: [], contract: ['zod'] }

type Import = { from: string; to: string }

const rooms = Object.keys(MAY_IMPORT).sort((a, b) => b.length - a.length)
const roomOf = (path: string) => rooms.find((room) => path === room || path.startsWith(`${room}/`))
const isIn = (path: string, room: string) => path === room || path.startsWith(`${room}/`)

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const { module, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const statics = [...module.staticImports.map((one) => one.moduleRequest.value)]
  const reexports = module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
  )
  const dynamics = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^['"](.*)['"]$/.exec(text.slice(start, end))
    return literal?.[1] ?? []
  })
  return [...statics, ...reexports, ...dynamics].map((to) => ({ from: file, to }))
}

function problemOf({ from, to }: Import): string | null {
  const room = roomOf(from)
  if (!room) return `${from} is in no known room`
  const target = to.startsWith('#')
    ? to.slice(1)
    : to.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(from), to))
      : null
  if (target !== null) {
    if (isIn(target, room) || MAY_IMPORT[room]?.some((allowed) => isIn(target, allowed))) return null
    return `${from} may not import ${target}`
  }
  const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to)
  const only = ONLY_IN[name]
  if (only && !only.some((allowed) => isIn(from, allowed))) return `${from} may not use ${name}`
  const packages = PACKAGES_OF[room]
  if (packages && !packages.includes(name)) return `${from} may not use ${to}`
  return null
}

const files = globSync('{domain,contract,db,main,preload,renderer,server,scripts}/**/*.{ts,tsx}', { cwd: ROOT })
const imports = files.flatMap(importsOf)
const problems = imports.flatMap((one) => problemOf(one) ?? [])
for (const room of rooms) {
  if (!files.some((file) => isIn(file, room))) problems.push(`no file seen in ${room}: the check would prove nothing`)
}
for (const problem of problems) console.error(problem)
console.log(`boundaries: ${files.length} files, ${imports.length} imports, ${problems.length} problems`)
process.exitCode = problems.length > 0 || imports.length === 0 ? 1 : 0
