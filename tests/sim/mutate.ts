/**
 * npm run sim:mutations -- [--seeds N] [NAME'S BEGINNING ...]: proves that the simulation sees. Each mutation is a deliberate bug in a copy of
 * the product's sources; the simulation has to find it, and the unchanged product has to pass the very same seed.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '#scripts/root.ts'
import { MUTATIONS, type Mutation } from '#tests/sim/mutations.ts'
import type { Report } from '#tests/sim/report.ts'

const SOURCES = ['domain', 'contract', 'db', 'main', 'server', 'scripts', 'tests', 'config', 'package.json']

export type MutationResult = { name: string; caught: boolean; seed: number | null; violated: string | null }

/** Applies one mutation to a copy of the sources and simulates up to `seeds` seeds until the first violation. */
export async function tryMutation(mutation: Mutation, seeds: number): Promise<MutationResult> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-mutation-'))
  try {
    for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    for (const { file, from, to } of mutation.changes) {
      const text = readFileSync(join(folder, file), 'utf8')
      const parts = text.split(from)
      if (parts.length !== 2) throw new Error(`${mutation.name}: "${from}" stands ${parts.length - 1} times in ${file}`)
      writeFileSync(join(folder, file), parts.join(to))
    }
    const mutated = await simulate(folder, ['--seeds', String(seeds), '--first'])
    const [violation] = mutated.violations
    if (!violation) return { name: mutation.name, caught: false, seed: null, violated: null }
    const unchanged = await simulate(ROOT, ['--seed', String(violation.seed)])
    if (!unchanged.ok) throw new Error(`${mutation.name}: seed ${violation.seed} fails without the mutation too`)
    return { name: mutation.name, caught: true, seed: violation.seed, violated: violation.invariant }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function simulate(folder: string, args: string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'tests/sim/main.ts'), '--json', ...args], { cwd: folder })
    let out = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('close', () => {
      try {
        resolve(JSON.parse(out) as Report)
      } catch {
        reject(new Error(`the simulation gave no report: ${errors.slice(-2_000)}`))
      }
    })
  })
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { seeds: { type: 'string', default: '2000' } },
    allowPositionals: true,
  })
  const isChosen = ({ name }: Mutation) => positionals.length === 0 || positionals.some((one) => name.startsWith(one))
  const chosen = MUTATIONS.filter(isChosen)
  if (chosen.length === 0) throw new Error(`no mutation begins like this: ${positionals.join(', ')}`)
  let missed = 0
  for (const mutation of chosen) {
    const { caught, seed, violated } = await tryMutation(mutation, Number(values.seeds))
    if (!caught) missed += 1
    console.log(caught ? `caught  ${mutation.name}: seed ${seed}, ${violated}` : `MISSED  ${mutation.name}`)
  }
  console.log(`${chosen.length - missed} of ${chosen.length} mutations caught`)
  process.exitCode = missed > 0 ? 1 : 0
}

if (process.argv[1]?.endsWith('mutate.ts')) await main()
