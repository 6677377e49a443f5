/** The sidecar as a small file outside the store's folder, so that neither a restored store nor a copied one brings it along. */
import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { asStoreError } from '#db/store-error.ts'
import type { Sidecar } from '#main/host/ports.ts'
import { writeWhole } from '#main/host/write-whole.ts'

const Content = z.object({ nonce: z.string().nullable(), pendingNonce: z.string().nullable(), machine: z.string() })

/** Beside the data folder, not in it. */
export function sidecarPath(dataDir: string): string {
  return join(dirname(dataDir), `${basename(dataDir)}.machine`, 'machine.json')
}

export function createFileSidecar(path: string): Sidecar {
  let machine: string | null = null
  return {
    read() {
      try {
        const parsed = Content.safeParse(JSON.parse(readFileSync(path, 'utf8')))
        return parsed.success ? parsed.data : null
      } catch {
        // Missing or damaged: the store is then in doubt, which is what the caller makes of null.
        return null
      }
    },
    write(content) {
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        writeWhole(path, JSON.stringify(content), 0o600)
      } catch (error) {
        throw asStoreError(error)
      }
    },
    machine() {
      machine ??= hash('sha256', machineText())
      return machine
    },
  }
}

/** What stays the same as long as the operating system is not installed anew. */
function machineText(): string {
  try {
    if (process.platform === 'win32') {
      const args = ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid']
      return execFileSync('reg', args, { encoding: 'utf8', timeout: 2_000, windowsHide: true }).trim()
    }
    return readFileSync('/etc/machine-id', 'utf8').trim()
  } catch {
    // Some systems have neither; two PCs of one mall do not share a name.
    return hostname()
  }
}
