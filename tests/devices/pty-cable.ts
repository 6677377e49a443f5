/** A null-modem cable made of two pseudo terminals, by socat. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export type PtyCable = {
  /** The counter's end and the display's end. */
  near: string
  far: string
  plugIn(): Promise<void>
  /** Both ends vanish, as with a pulled USB adapter. */
  unplug(): Promise<void>
  /** The far side stops taking bytes. */
  freeze(): void
  remove(): Promise<void>
}

export function createPtyCable(): PtyCable {
  const folder = mkdtempSync(join(tmpdir(), 'loket-pty-'))
  const near = join(folder, 'near')
  const far = join(folder, 'far')
  let socat: ChildProcess | null = null

  async function unplug(): Promise<void> {
    const running = socat
    socat = null
    if (!running) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await gone
    rmSync(near, { force: true })
    rmSync(far, { force: true })
  }

  return {
    near,
    far,
    async plugIn() {
      socat = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], { stdio: 'ignore' })
      while (!existsSync(near) || !existsSync(far)) await delay(5)
    },
    unplug,
    freeze() {
      socat?.kill('SIGSTOP')
    },
    async remove() {
      await unplug()
      rmSync(folder, { recursive: true })
    },
  }
}
