/** Lets one program at a time write into out/. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT } from '#scripts/root.ts'

const LOCK = join(ROOT, 'node_modules/.cache/loket-build.lock')

export async function withLock(work: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(LOCK), { recursive: true })
  while (!tryToTake()) {
    if (isAbandoned()) rmSync(LOCK, { force: true })
    await pause(50)
  }
  try {
    await work()
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function tryToTake(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** A build takes seconds. */
const LONGEST_BUILD_MS = 120_000

/** Whether the program that took it was killed in the middle; its number may belong to another program by now. */
function isAbandoned(): boolean {
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > LONGEST_BUILD_MS) return true
    const holder = Number(readFileSync(LOCK, 'utf8'))
    // Empty for the moment between its creation and its first byte.
    if (holder > 0) process.kill(holder, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
