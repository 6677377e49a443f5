import { defineConfig } from 'vitest/config'

/** What the mall server does is the same on every database, so these run on each. */
const ON_EVERY_STORE = [
  'tests/server/{push,transact,entries,counters,changes,leases-and-texts,custody-properties,claims,recalls,zones}.test.ts',
  'tests/server/{give-aways,notes,slips,malls,sessions,doubt,improve,conflict-properties,push-properties}.test.ts',
  'tests/server/identity/{hello,slip-keys}.test.ts',
  'tests/server/supervision/{supervise,sign-in}.test.ts',
]
const NEEDS_POSTGRES = 'tests/server/postgres/*.test.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './tests/support/left-out-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/bench/**', '**/node_modules/**', NEEDS_POSTGRES],
          provide: { store: 'sqlite' },
        },
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
