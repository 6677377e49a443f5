import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkMallConfig } from '#contract/mall-config-rules.ts'
import { type BrokenMall, itFindsEach } from '#tests/config/broken-mall.ts'
import { broken, SMALL_MALL } from '#tests/config/small-mall.ts'

const CASES: BrokenMall[] = [
  {
    when: 'a field is missing',
    from: ', "kind": "vertical"',
    to: '',
    rule: 'FIELD_MISSING',
    path: 'agencies[0].kind',
    line: 5,
  },
  {
    when: 'a field is unknown',
    from: '"padding": 3, "standardMinutes": 20',
    to: '"padding": 3, "standardMinutes": 20, "warna": 1',
    rule: 'FIELD_UNKNOWN',
    path: 'services[1].warna',
    line: 10,
  },
  ...['http://skm.go.id', 'skm.go.id', 'https://skm.go.id/a b', 'https://skm.go.id/é'].map((url) => ({
    when: `the survey is at ${url}`,
    from: '"complaintChannel": "LAPOR!"',
    to: `"complaintChannel": "LAPOR!", "surveyUrl": "${url}"`,
    rule: 'WRONG_FORMAT',
    path: 'mall.surveyUrl',
    line: 2,
  })),
  {
    when: 'a PIN is written as a number',
    from: '"637152"',
    to: '637152',
    rule: 'WRONG_TYPE',
    path: 'officers[2].pin',
    line: 20,
  },
  {
    when: 'a number is not whole',
    from: '"regularPerPriority": 2',
    to: '"regularPerPriority": 1.5',
    rule: 'WRONG_TYPE',
    path: 'priority.regularPerPriority',
    line: 3,
  },
  {
    when: 'a time zone is not Indonesian',
    from: 'Asia/Makassar',
    to: 'Asia/Tokyo',
    rule: 'NOT_ALLOWED',
    path: 'mall.timeZone',
    line: 2,
  },
  {
    when: 'a prefix is in small letters',
    from: '"prefix": "P"',
    to: '"prefix": "p"',
    rule: 'WRONG_FORMAT',
    path: 'services[0].prefix',
    line: 9,
  },
  { when: 'a text is blank', from: '"Jalan 1"', to: '"  "', rule: 'TOO_SMALL', path: 'mall.address', line: 2 },
  {
    when: 'a list is too short',
    from: '["ktp"]',
    to: '[]',
    rule: 'TOO_SMALL',
    path: 'counters[1].serviceIds',
    line: 14,
  },
  {
    when: 'a number is too small',
    from: '"ageingMinutes": 30',
    to: '"ageingMinutes": 1',
    rule: 'TOO_SMALL',
    path: 'priority.ageingMinutes',
    line: 3,
  },
  {
    when: 'a number is too big',
    from: '"padding": 3',
    to: '"padding": 9',
    rule: 'TOO_BIG',
    path: 'services[0].padding',
    line: 9,
  },
  {
    when: 'a text is too long',
    from: '"Polres"',
    to: `"${'x'.repeat(31)}"`,
    rule: 'TOO_BIG',
    path: 'agencies[0].shortName',
    line: 5,
  },
  {
    when: 'a list is too long',
    from: '["KK"]',
    to: JSON.stringify(Array(21).fill('KK')),
    rule: 'TOO_BIG',
    path: 'services[1].requirements',
    line: 10,
  },
]

describe('the shape of a mall configuration', () => {
  itFindsEach(CASES)

  it('never put a PIN into a message', () => {
    const result = checkMallConfig(JSON.parse(broken(SMALL_MALL, '"637152"', '"63715"')))
    expect(JSON.stringify(result)).not.toContain('63715')
  })

  it('explain in Indonesian that a field is missing', () => {
    const result = checkMallConfig({ ...JSON.parse(SMALL_MALL), mall: undefined })
    expect(result).toMatchObject({ problems: [{ path: 'mall', message: 'Isian "mall" belum ada. Tambahkan.' }] })
  })

  it('answer to anything at all without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (value) => {
        expect(checkMallConfig(value).ok).toBe(false)
      }),
    )
  })

  it('answer without throwing when any top-level part is replaced by arbitrary JSON', () => {
    const mall = JSON.parse(SMALL_MALL)
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(mall)), fc.jsonValue(), (key, value) => {
        const result = checkMallConfig({ ...mall, [key]: value })
        expect(result.ok || result.problems.every((found) => found.message !== '')).toBe(true)
      }),
    )
  })
})
