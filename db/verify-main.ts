/**
 * npm run verify -- --db FILE [--receipt CODE]: is a workstation's store what its log says, and is a receipt's event in it? Reads
 * only, also while a host has the store open. Exit code 0 when all is well, 1 otherwise; one line for each finding.
 */
import { hash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { openForReading } from '#db/open.ts'
import { findReceipt, receiptCode } from '#db/receipt-proof.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { StoreError } from '#db/store-error.ts'
import { verifyStore } from '#db/verify.ts'

const sha256 = (text: string): string => hash('sha256', text)
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  process.exitCode = run() ? 0 : 1
} catch (error) {
  process.stderr.write(`${describe(error)}\n`)
  process.exitCode = 1
}

function run(): boolean {
  const { values } = parseArgs({ options: { db: { type: 'string' }, receipt: { type: 'string' } } })
  if (!values.db) {
    process.stderr.write('BAD_OPTION Sebutkan berkas data loket: --db FILE\n')
    return false
  }
  const store = openForReading(values.db)
  try {
    const repositories = createRepositories(store, sha256)
    const verdict = verifyStore(store, repositories, sha256)
    for (const { table, key, what } of verdict.findings) say(`${table} ${key}: ${what}`)
    say(`${verdict.ok ? 'UTUH' : 'TIDAK UTUH'}: ${verdict.events} peristiwa, ${verdict.findings.length} temuan`)
    if (values.receipt === undefined) return verdict.ok
    const code = receiptCode(values.receipt)
    const config = JSON.parse(repositories.device.config()?.body ?? 'null') as { mall: { timeZone: string } } | null
    const found = code && findReceipt(repositories, code, config?.mall.timeZone ?? 'Asia/Jakarta')
    say(found ?? `bukti ${values.receipt} tidak ada di catatan ini`)
    return verdict.ok && Boolean(found)
  } finally {
    store.close()
  }
}

function describe(error: unknown): string {
  if (error instanceof StoreError) return `${error.code} ${error.message}`
  if (!(error instanceof Error)) return `INTERNAL ${String(error)}`
  return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    ? `BAD_OPTION ${error.message}`
    : `INTERNAL ${error.stack}`
}
