/**
 * The accepted pictures of the screens, and the comparison of a new one with them. Only `npm run pictures:accept` writes
 * here, and never in CI: a picture is accepted by somebody who looked at it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { ROOT } from '#scripts/root.ts'

const SHELF = join(ROOT, 'tests/renderer/pictures')
/** Where to look at what differs; out/ is never committed. */
const DIFFERENT = join(ROOT, 'out/pictures')
const ACCEPT = 'npm run pictures:accept'

/** Of 255, in one channel: below it nobody sees a difference. */
const VISIBLE = 24
/** Pixels; a letter has more. */
const ALLOWED = 40

const isAccepting = import.meta.env.MODE === 'accept'

/** What is wrong with this picture in words, or null. */
export function judgePicture(name: string, picture: Buffer): string | null {
  const path = join(SHELF, name)
  if (isAccepting) {
    if (process.env.CI) return `CI accepts no picture; run ${ACCEPT} elsewhere, look at it, and commit it`
    writeFileSync(path, picture)
    return null
  }
  if (!existsSync(path)) return `nobody has accepted ${name} yet: run ${ACCEPT}, look at it, and commit it`
  const different = differentPixels(PNG.sync.read(readFileSync(path)), PNG.sync.read(picture))
  if (different <= ALLOWED) return null
  mkdirSync(DIFFERENT, { recursive: true })
  writeFileSync(join(DIFFERENT, name), picture)
  return `${different} pixels differ, see out/pictures/${name}; if it is meant, run ${ACCEPT}, look at it, and commit it`
}

/** Pictures that no state asks for any more. */
export function leftOver(names: readonly string[]): string[] {
  const left = readdirSync(SHELF).filter((name) => !names.includes(name))
  if (isAccepting && !process.env.CI) for (const name of left.splice(0)) rmSync(join(SHELF, name))
  return left
}

/** All of them when the sizes are not the same. */
export function differentPixels(one: PNG, other: PNG): number {
  if (one.width !== other.width || one.height !== other.height) return Math.max(one.data.length, other.data.length) / 4
  let different = 0
  for (let at = 0; at < one.data.length; at += 4) {
    const channels = [at, at + 1, at + 2]
    if (channels.some((index) => Math.abs((one.data[index] ?? 0) - (other.data[index] ?? 0)) > VISIBLE)) different += 1
  }
  return different
}
