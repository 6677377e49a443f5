import { describe, expect, test } from 'vitest'
import { readArguments } from '#scripts/start/arguments.ts'
import { type DecisionFacts, decideSurface } from '#scripts/start/decision.ts'

const RUNTIME = { executable: '/electron', version: '45.4.1' }
const facts = (over: Partial<DecisionFacts>): DecisionFacts => ({
  browserWanted: false,
  platform: 'linux',
  env: { DISPLAY: ':0' },
  findRuntime: () => RUNTIME,
  canDownload: async () => false,
  ...over,
})

describe('npm start decides for', () => {
  test('the window when there are a runtime and a display', async () => {
    expect(await decideSurface(facts({}))).toMatchObject({ surface: 'window', runtime: RUNTIME })
    expect(await decideSurface(facts({ env: { WAYLAND_DISPLAY: 'wayland-0' } }))).toMatchObject({ surface: 'window' })
    expect(await decideSurface(facts({ platform: 'win32', env: {} }))).toMatchObject({ surface: 'window' })
  })

  test('the browser when it is asked for, without a display, and without a runtime that could be had', async () => {
    const whys = await Promise.all(
      [facts({ browserWanted: true }), facts({ env: {} }), facts({ findRuntime: () => null })].map(decideSurface),
    )
    expect(whys.map(({ surface }) => surface)).toEqual(['browser', 'browser', 'browser'])
    expect(new Set(whys.map(({ why }) => why)).size).toBe(3)
  })

  test('a download when only the runtime is missing and the network has it', async () => {
    const decision = await decideSurface(facts({ findRuntime: () => null, canDownload: async () => true }))
    expect(decision).toMatchObject({ surface: 'download' })
  })

  test('the browser without asking the network when there is no display anyway', async () => {
    let asked = false
    const canDownload = async () => {
      asked = true
      return true
    }
    await decideSurface(facts({ env: {}, findRuntime: () => null, canDownload }))
    expect(asked).toBe(false)
  })
})

test('the port of the command line must be one', () => {
  expect(readArguments(['--port', '4711'])).toMatchObject({ ok: true, port: 4711 })
  expect(readArguments([])).toMatchObject({ ok: true, port: null, browser: false })
  for (const port of ['0', '65536', 'x', '47.1', '']) expect(readArguments(['--port', port]).ok).toBe(false)
})
