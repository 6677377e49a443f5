/** A thread that runs the seeds it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import { runSeed } from '#tests/sim/run-seed.ts'

parentPort?.on('message', (seed: number) => {
  runSeed(seed, (workerData as { history: boolean }).history).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      // A fault of the simulation itself: the thread dies and the run with it.
      setImmediate(() => {
        throw error
      })
    },
  )
})
