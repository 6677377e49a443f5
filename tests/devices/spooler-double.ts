/** A print spooler as the transport sees it, which can refuse, take little, or not come back. What it did with jobs is kept. */
import type { QueueState, Winspool } from '#main/host/devices/printer/windows/winspool.ts'
import { WinspoolError } from '#main/host/devices/printer/windows/winspool.ts'

export type SpooledJob = { datatype: string; bytes: number[]; state: 'open' | 'whole' | 'deleted'; pages: number }

export type SpoolerBehaviour = {
  /** Before every call; one that rejects or never resolves is the call's own fate. `nth` counts calls of this name from 1. */
  before(call: keyof Winspool, nth: number): Promise<void> | void
  /** Bytes taken of those offered. */
  takes(offered: number, nth: number): number
  queue(): QueueState
  driver: { version: number; attributes: number }
  /** Status bits of a job; null when Windows has let go of it. */
  jobStatus(job: SpooledJob): number | null
  names: string[]
}

export const refusal = (call: string, number: number) => new WinspoolError(call, number)
export const never = () => new Promise<never>(() => {})

export function createSpoolerDouble(given: Partial<SpoolerBehaviour> = {}) {
  const behaviour: SpoolerBehaviour = {
    before: () => {},
    takes: (offered) => offered,
    queue: () => ({ attributes: 0, status: 0, jobs: 0 }),
    driver: { version: 3, attributes: 0 },
    jobStatus: () => null,
    names: ['STRUK'],
    ...given,
  }
  const jobs: SpooledJob[] = []
  const calls: (keyof Winspool)[] = []
  const open = new Set<bigint>()
  let handles = 0n

  const at = (number: number): SpooledJob => {
    const job = jobs[number - 1]
    if (!job) throw refusal('job', 87)
    return job
  }
  const current = (): SpooledJob => at(jobs.length)

  /** Windows does nothing of a call that fails before it. */
  function does<A extends unknown[], R>(name: keyof Winspool, act: (...args: A) => R): (...args: A) => Promise<R> {
    return async (...args) => {
      calls.push(name)
      await behaviour.before(name, calls.filter((one) => one === name).length)
      return act(...args)
    }
  }

  const winspool: Winspool = {
    openPrinter: does('openPrinter', (name: string) => {
      if (!behaviour.names.includes(name)) throw refusal('OpenPrinterW', 1801)
      handles++
      open.add(handles)
      return handles
    }),
    closePrinter: does('closePrinter', (printer: bigint) => {
      open.delete(printer)
    }),
    driver: does('driver', () => behaviour.driver),
    queue: does('queue', () => behaviour.queue()),
    startDoc: does('startDoc', (_: bigint, __: string, datatype: string) => {
      jobs.push({ datatype, bytes: [], state: 'open', pages: 0 })
      return jobs.length
    }),
    startPage: does('startPage', () => {
      current().pages++
    }),
    write: does('write', (_: bigint, bytes: Uint8Array) => {
      const taken = behaviour.takes(bytes.length, calls.filter((one) => one === 'write').length)
      current().bytes.push(...bytes.subarray(0, taken))
      return taken
    }),
    endPage: does('endPage', () => {}),
    endDoc: does('endDoc', () => {
      current().state = 'whole'
    }),
    job: does('job', (_: bigint, number: number) => {
      const status = behaviour.jobStatus(at(number))
      if (status === null) throw refusal('GetJobW', 87)
      return { status, statusText: null }
    }),
    deleteJob: does('deleteJob', (_: bigint, number: number) => {
      at(number).state = 'deleted'
    }),
    list: does('list', () => behaviour.names.map((name) => ({ name, driver: null, port: null }))),
    defaultPrinter: does('defaultPrinter', () => null),
  }

  return { winspool, jobs, calls, openHandles: () => open.size }
}
