import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** What the mall server does is the same on every database, so these run on each. */
const ON_EVERY_STORE = [
  'tests/server/{push,transact,entries,counters,changes,live-changes,leases-and-texts,custody-properties,claims,recalls,zones}.test.ts',
  'tests/server/{give-aways,slips,malls,sessions,doubt,improve,conflict-properties,push-properties,services-chosen}.test.ts',
  'tests/server/{notes,taken-back,quota,outlook,appointments,same-turn}.test.ts',
  'tests/server/identity/{hello,slip-keys}.test.ts',
  'tests/server/supervision/{supervise,sign-in}.test.ts',
]
const NEEDS_POSTGRES = 'tests/server/postgres/*.test.ts'
/** Real browsers, windows and programs, which a busy machine may slow down in the middle of a step. */
const ON_SCREENS = 'tests/{renderer,e2e,shell}/**/*.test.ts'

// Tests start servers and desks by the hundred, each from the same sources: what one of them has compiled the next ones read.
const compiled = mkdtempSync(join(tmpdir(), 'loket-compiled-'))
process.env.NODE_COMPILE_CACHE = compiled
process.on('exit', () => rmSync(compiled, { recursive: true, force: true }))

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', './tests/support/left-out-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/bench/**', '**/node_modules/**', NEEDS_POSTGRES, ON_SCREENS],
          provide: { store: 'sqlite' },
        },
      },
      {
        extends: true,
        // Who passes only at the second try is named at the end of the run.
        test: { name: 'screens', include: [ON_SCREENS], retry: 1 },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...ON_EVERY_STORE, NEEDS_POSTGRES],
          globalSetup: './tests/server/support/postgres-door.ts',
          setupFiles: './tests/server/support/postgres-project.ts',
          provide: { store: 'postgres' },
        },
      },
    ],
  },
})
