import { expect, it } from 'vitest'
import { readMallConfigFile } from '#server/mall-config-file.ts'
import { configFolder } from '#tests/config/config-folder.ts'
import { broken, SMALL_MALL } from '#tests/config/small-mall.ts'

/** One replacement in the small mall, and the problem it must cause. */
export type BrokenMall = { when: string; from: string; to: string; rule: string; path: string; line: number }

export function itFindsEach(cases: BrokenMall[]) {
  const folder = configFolder()
  it.each(cases)('say $rule at $path when $when', ({ from, to, rule, path, line }) => {
    const result = readMallConfigFile(folder.write('mall.json', broken(SMALL_MALL, from, to)))
    const found = result.ok ? [] : result.problems.map((one) => ({ rule: one.rule, path: one.path, line: one.line }))
    expect(found).toContainEqual({ rule, path, line })
  })
}
