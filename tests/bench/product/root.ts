/** The checkout that is measured: this one, or the one that LOKET_BENCH_PRODUCT names, to compare two of them. */
import { resolve } from 'node:path'
import { ROOT } from '#scripts/root.ts'

export const PRODUCT_ROOT = process.env.LOKET_BENCH_PRODUCT ? resolve(process.env.LOKET_BENCH_PRODUCT) : ROOT
