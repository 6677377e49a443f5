import { describe, expect, it } from 'vitest'
import { readMallConfigFile } from '#server/mall-config-file.ts'
import { type BrokenMall, itFindsEach } from '#tests/config/broken-mall.ts'
import { configFolder } from '#tests/config/config-folder.ts'
import { SMALL_MALL } from '#tests/config/small-mall.ts'
import { brokenLogos } from '#tests/devices/broken-logos.ts'
import { OWN_PAPERS } from '#tests/devices/picture/pictured-papers.ts'

const FROM = '"complaintChannel": "LAPOR!"},'
const at = (papers: unknown) => `${FROM} "papers": ${JSON.stringify(papers)},`
const kinds = (...names: string[]) => names.map((kind) => ({ kind }))
const SLIP = ['number', 'service', 'qr']
const RECEIPT = ['number', 'service', 'tariff', 'payment', 'complaint', 'proof']

const CASES: BrokenMall[] = [
  ...SLIP.map((part) => ({
    when: `a slip has no ${part}`,
    from: FROM,
    to: at({ slip: kinds('line', ...SLIP.filter((other) => other !== part)) }),
    rule: 'PAPER_PART_MISSING',
    path: 'papers.slip',
    line: 2,
  })),
  ...RECEIPT.map((part) => ({
    when: `a receipt has no ${part}`,
    from: FROM,
    to: at({ receipt: kinds(...RECEIPT.filter((other) => other !== part)) }),
    rule: 'PAPER_PART_MISSING',
    path: 'papers.receipt',
    line: 2,
  })),
  {
    when: 'a block is none',
    from: FROM,
    to: at({ slip: kinds(...SLIP, 'nomor') }),
    rule: 'NOT_ALLOWED',
    path: 'papers.slip[3].kind',
    line: 2,
  },
]

describe('the papers of a mall', () => {
  const folder = configFolder()
  const read = (logo: string) => readMallConfigFile(folder.write('mall.json', SMALL_MALL.replace(FROM, at({ logo }))))

  itFindsEach(CASES)

  it('are taken as they are when nothing is missing', () => {
    const result = readMallConfigFile(folder.write('mall.json', SMALL_MALL.replace(FROM, at(OWN_PAPERS))))
    expect(result).toMatchObject({ ok: true, config: { papers: OWN_PAPERS } })
  })

  // Five megabytes make the whole file too large, which is said of the file.
  const logos = brokenLogos().filter(({ what }) => what !== 'five megabytes large')
  it.each(logos)('say $rule of a logo that is $what', ({ logo, rule }) => {
    expect(read(logo)).toMatchObject({ ok: false, problems: [{ rule, path: 'papers.logo', line: 2 }] })
  })

  it('say of a logo of five megabytes how large one may be', () => {
    const [logo] = brokenLogos()
    expect(read(logo?.logo ?? '')).toMatchObject({
      problems: [{ rule: 'FILE_TOO_LARGE', message: expect.stringContaining('logo paling besar 32 KiB') }],
    })
  })
})
