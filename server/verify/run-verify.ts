/** The check as asked for on the command line. Returns what to print and whether all is whole; throws StartError. */
import { parseArgs } from 'node:util'
import { DEFAULT_DATA_DIR, databaseUrl } from '#server/command-line.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'
import { type Verdict, verifyMall } from '#server/verify/verify-mall.ts'

export async function runVerify(args: readonly string[]): Promise<{ text: string; isWhole: boolean }> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
      mall: { type: 'string' },
      receipt: { type: 'string' },
    },
  })
  const receipt = values.receipt === undefined ? null : receiptCode(values.receipt)
  const db = await openStore(databaseUrl(values.database) ?? values.data, { mustExist: true })
  try {
    const malls = await db.selectFrom('mall').select('id').orderBy('id').execute()
    const chosen = malls.filter(({ id }) => values.mall === undefined || id === values.mall)
    if (chosen.length === 0)
      throw new StartError('MALL_UNKNOWN', `Mal itu tidak ada di basis data: ${values.mall ?? '-'}.`)
    const verdicts: Verdict[] = []
    for (const { id } of chosen) verdicts.push(await verifyMall(db, id, receipt))
    const found = verdicts.some((verdict) => verdict.receipt !== null)
    const lines = verdicts.flatMap(linesOf)
    if (receipt !== null && !found) lines.push(`Struk ${receipt}: catatannya tidak ada di server.`)
    const isWhole = verdicts.every(({ faults }) => faults.length === 0) && (receipt === null || found)
    return { text: `${lines.join('\n')}\n`, isWhole }
  } finally {
    await db.destroy()
  }
}

function linesOf({ mallId, chains, events, faults, receipt }: Verdict): string[] {
  const summary =
    faults.length === 0
      ? `${mallId}: utuh. ${chains} rantai, ${events} catatan.`
      : `${mallId}: ${faults.length} kerusakan pada ${chains} rantai, ${events} catatan.`
  return [
    summary,
    ...faults.map(({ where, what }) => `  ${where}: ${what}`),
    ...(receipt
      ? [
          `  Struk cocok: perangkat ${receipt.device_id}, generasi ${receipt.generation}, catatan ${receipt.seq}, ${receipt.type}`,
        ]
      : []),
  ]
}

/** As printed: ten base32 characters, the last group of the receipt's proof line. */
function receiptCode(text: string): string {
  const code = text.trim().split(/\s+/).at(-1)?.toUpperCase() ?? ''
  if (!/^[A-Z2-7]{10}$/.test(code)) {
    throw new StartError('BAD_OPTION', 'Tulis sepuluh huruf dan angka terakhir dari struk: --receipt KODE.')
  }
  return code
}
