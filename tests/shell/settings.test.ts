import { describe, expect, test } from 'vitest'
import { readSettings, type StartFacts } from '#main/electron/settings.ts'

const LINUX: StartFacts = {
  platform: 'linux',
  packaged: true,
  env: {},
  root: '/project',
  home: '/home/petugas',
  isWritable: () => false,
}
const settings = (facts: Partial<StartFacts>) => readSettings({ ...LINUX, ...facts })

describe('the data folder', () => {
  test('of an installed Windows belongs to the counter, not to a Windows user', () => {
    const { dataDir } = settings({ platform: 'win32', env: { ProgramData: 'D:\\ProgramData' } })
    expect(dataDir).toBe('D:\\ProgramData\\Loket')
  })

  test('of an installed Linux is /var/lib/loket where the technician prepared that', () => {
    expect(settings({ isWritable: (folder) => folder === '/var/lib/loket' }).dataDir).toBe('/var/lib/loket')
  })

  test('of an installed Linux is else the user’s own, where the system says', () => {
    expect(settings({}).dataDir).toBe('/home/petugas/.local/share/loket')
    expect(settings({ env: { XDG_DATA_HOME: '/data' } }).dataDir).toBe('/data/loket')
  })

  test('in development lies in the project, and LOKET_DATA_DIR comes before everything', () => {
    expect(settings({ packaged: false }).dataDir).toBe('/project/.loket')
    expect(settings({ env: { LOKET_DATA_DIR: '/mnt/loket' } }).dataDir).toBe('/mnt/loket')
  })
})

describe('a packaged app', () => {
  test('is always a workstation, whatever the environment says', () => {
    expect(settings({ env: { LOKET_MODE: 'laptop' } }).mode).toBe('workstation')
    expect(settings({ packaged: false }).mode).toBe('laptop')
    expect(settings({ packaged: false, env: { LOKET_MODE: 'workstation' } }).mode).toBe('workstation')
  })

  test('runs no Node that the environment names, and says that it was asked to', () => {
    const env = { LOKET_HOST_NODE: '/tmp/node' }
    expect(settings({ env })).toMatchObject({ hostNode: null, refused: [expect.stringContaining('LOKET_HOST_NODE')] })
    expect(settings({ env, packaged: false })).toMatchObject({ hostNode: '/tmp/node', refused: [] })
  })
})
