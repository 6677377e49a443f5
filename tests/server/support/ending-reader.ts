/** A reading thread that ends as soon as it is asked something. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', () => process.exit(3))
parentPort?.postMessage({ kind: 'ready' })
