/** The checkouts that are measured: this one, or those that LOKET_BENCH_SERVER and LOKET_BENCH_HOST name, to compare two. */
import { resolve } from 'node:path'
import { ROOT } from '#scripts/root.ts'

export const SERVER_ROOT = resolve(process.env.LOKET_BENCH_SERVER ?? ROOT)
export const HOST_ROOT = resolve(process.env.LOKET_BENCH_HOST ?? ROOT)
