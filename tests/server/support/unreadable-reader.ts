/** A reading thread whose answers nobody can take apart: nested deeper than the other side's stack. */
import { parentPort } from 'node:worker_threads'

const nested = Array.from({ length: 5_000 }).reduce<unknown>((inner) => [inner], 1)
parentPort?.on('message', () => parentPort?.postMessage({ kind: 'read', n: 1, push: nested }))
parentPort?.postMessage({ kind: 'ready' })
