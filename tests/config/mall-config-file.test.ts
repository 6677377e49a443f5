import { mkdirSync, symlinkSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { findJsonSyntaxError } from '#server/json-syntax.ts'
import { formatProblems, readMallConfigFile } from '#server/mall-config-file.ts'
import { parseConfigText } from '#server/mall-config-source.ts'
import { configFolder } from '#tests/config/config-folder.ts'
import { broken, SMALL_MALL } from '#tests/config/small-mall.ts'

const folder = configFolder()
const SMALL_YAML = stringify(JSON.parse(SMALL_MALL))

function problemsOf(name: string, content: string | Uint8Array) {
  const result = readMallConfigFile(folder.write(name, content))
  return result.ok ? [] : result.problems.map(({ rule, path, line, column }) => ({ rule, path, line, column }))
}

function lineOf(text: string, piece: string): number {
  return text.slice(0, text.indexOf(piece)).split('\n').length
}

describe('a configuration file', () => {
  it('is read the same from JSON and from YAML', () => {
    const json = readMallConfigFile(folder.write('same.json', SMALL_MALL))
    expect(json.ok).toBe(true)
    expect(readMallConfigFile(folder.write('same.yaml', SMALL_YAML))).toEqual(json)
    expect(readMallConfigFile(folder.write('same.YML', SMALL_YAML))).toEqual(json)
  })

  it('may start with the byte order mark of Windows editors and use Windows line ends', () => {
    expect(problemsOf('bom.json', `\uFEFF${SMALL_MALL.replaceAll('\n', '\r\n')}`)).toEqual([])
  })

  it('may be indented with tabs when it is JSON', () => {
    const text = JSON.stringify({ ...JSON.parse(SMALL_MALL), journeys: 'x' }, null, '\t')
    expect(problemsOf('tabs.json', text)).toEqual([
      { rule: 'WRONG_TYPE', path: 'journeys', line: lineOf(text, '"journeys"'), column: 2 },
    ])
  })

  it.each([
    ['FILE_MISSING', () => folder.pathOf('nothing.json')],
    ['FILE_KIND', () => folder.write('mall.txt', SMALL_MALL)],
    ['FILE_EMPTY', () => folder.write('empty.json', ' \n')],
    ['FILE_EMPTY', () => folder.write('comment.yaml', '# belum diisi\n')],
    ['FILE_NOT_UTF8', () => folder.write('latin1.json', Buffer.from('{"a": "é"}', 'latin1'))],
    ['FILE_TOO_LARGE', () => folder.write('large.json', ' '.repeat(5 * 1024 * 1024 + 1))],
    [
      'FILE_IS_DIRECTORY',
      () => {
        mkdirSync(folder.pathOf('folder.json'))
        return folder.pathOf('folder.json')
      },
    ],
    [
      'FILE_UNREADABLE',
      () => {
        symlinkSync(folder.pathOf('loop.json'), folder.pathOf('loop.json'))
        return folder.pathOf('loop.json')
      },
    ],
    [
      'FILE_UNREADABLE',
      () => {
        symlinkSync('/dev/null', folder.pathOf('device.json'))
        return folder.pathOf('device.json')
      },
    ],
  ])('is refused with %s when that is what is wrong', (rule, create) => {
    const result = readMallConfigFile(create())
    expect(result).toMatchObject({ ok: false, problems: [{ rule, path: '', line: 1, column: 1 }] })
  })
})

describe('a JSON syntax error', () => {
  it.each([
    ['a missing comma', '"vertical"},', '"vertical"}', { line: 6, column: 5 }],
    ['a trailing comma', '"kind": "regency"}', '"kind": "regency"},', { line: 7, column: 3 }],
    ['a comment', '  "agencies": [', '  // instansi\n  "agencies": [', { line: 4, column: 3 }],
    ['single quotes', '"counters"', "'counters'", { line: 12, column: 3 }],
    ['a text without its last quote', '"name": "Ayu"', '"name": "Ayu', { line: 18, column: 34 }],
    ['a text that runs over its line', '"pin": "204713"}', '"pin": "204713}', { line: 18, column: 102 }],
    ['a bare word', '"P"', 'P', { line: 9, column: 84 }],
    ['a missing colon', '"frontDesks":', '"frontDesks"', { line: 16, column: 16 }],
    ['a missing last bracket', '\n  ]\n}', '\n  ]\n', { line: 26, column: 1 }],
    ['text after the end', '\n  ]\n}', '\n  ]\n}\n}', { line: 27, column: 1 }],
  ])('names its place: %s', (_, from, to, place) => {
    expect(problemsOf('syntax.json', broken(SMALL_MALL, from, to))).toEqual([{ rule: 'SYNTAX', path: '', ...place }])
  })

  it('is found exactly where JSON.parse refuses a damaged text', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.nat(2), fc.constantFrom(...'{}[],:"\'\\0-.eE/tn \n\u0000\u007f'))
      .map(([text, at, cut, extra]) => {
        const position = at % (text.length + 1)
        return text.slice(0, position) + extra + text.slice(position + cut)
      })
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonSyntaxError(text) === null).toBe(isJson(text))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a YAML syntax error', () => {
  it.each([
    ['a tab as indentation', '  - id: polres\n', '\t- id: polres\n', '\t- id: polres'],
    ['a second colon', 'name: Kepolisian Resor', 'name: Kepolisian: Resor', 'name: Kepolisian:'],
    ['an open bracket', 'journeys:', 'journeys: [', '- id: ktp-hilang'],
    ['a reserved sign', 'name: Ayu', 'name: @Ayu', '@Ayu'],
    ['a second document', 'services:', '---\nservices:', '---'],
    ['a list as the name of a field', 'services:', '? [a]\n: b\nservices:', '? [a]'],
  ])('names its line: %s', (_, from, to, wrong) => {
    const text = broken(SMALL_YAML, from, to)
    const [first, ...others] = problemsOf('syntax.yaml', text)
    expect(others).toEqual([])
    expect(first).toMatchObject({ rule: 'SYNTAX', line: lineOf(text, wrong) })
  })

  it('is also an alias without its anchor', () => {
    const text = broken(SMALL_YAML, 'name: Ayu', 'name: *ayu')
    expect(problemsOf('alias.yaml', text)).toMatchObject([{ rule: 'ALIAS', line: lineOf(text, '*ayu') }])
  })

  it('is also a chain of aliases that would fill the memory', () => {
    const bomb = [
      'a: &a [x]',
      ...'bcdef'.split('').map((name, n) => `${name}: &${name} [${Array(20).fill(`*${'abcde'[n]}`)}]`),
    ]
    expect(problemsOf('bomb.yaml', bomb.join('\n'))).toMatchObject([{ rule: 'ALIAS' }])
  })

  it('is brackets nested without end', () => {
    expect(problemsOf('deep.yaml', '['.repeat(20_000))).toMatchObject([{ rule: 'SYNTAX', line: 1 }])
  })
})

describe('a problem in the file', () => {
  it('is found through a YAML alias', () => {
    const text = broken(SMALL_YAML, 'serviceIds:\n      - hilang', 'serviceIds: &dua\n      - hilang\n      - kia')
    const shared = broken(text, 'serviceIds:\n      - ktp', 'serviceIds: *dua')
    expect(problemsOf('shared.yaml', shared)).toContainEqual({
      rule: 'SERVICE_UNKNOWN',
      path: 'counters[1].serviceIds[1]',
      line: lineOf(shared, '- kia'),
      column: 9,
    })
  })

  it.each(['repeated.json', 'repeated.yaml'])('is a field written twice (%s)', (name) => {
    const text = name.endsWith('json')
      ? broken(SMALL_MALL, '"name": "2",', '"name": "2",\n"name": "3",')
      : broken(SMALL_YAML, 'name: "2"', 'name: "2"\n    name: "3"')
    const piece = name.endsWith('json') ? '"name": "3"' : 'name: "3"'
    expect(problemsOf(name, text)).toMatchObject([
      { rule: 'DUPLICATE_KEY', path: 'counters[1].name', line: lineOf(text, piece) },
    ])
  })

  it('is printed with file, line, column, path, rule and message', () => {
    const file = folder.write('print.json', broken(SMALL_MALL, '"8A"', '"P"'))
    const result = readMallConfigFile(file)
    expect(formatProblems('config/x.json', result.ok ? [] : result.problems)).toBe(
      'config/x.json:10:66 services[1].prefix PREFIX_CLASH Awalan "P" sudah dipakai layanan "hilang" (services[0]). Beri awalan lain.',
    )
  })

  it('is printed without the control characters a file may hold', () => {
    const file = folder.write('escape.json', '{"\\u001b[2J": 1}')
    const result = readMallConfigFile(file)
    expect(formatProblems('x.json', result.ok ? [] : result.problems)).not.toMatch(/[^\P{Cc}\n]/u)
  })
})

describe('reading arbitrary text', () => {
  it.each(['json', 'yaml'] as const)('as %s never throws and always names a place', (format) => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), yamlLike), (text) => {
        const parsed = parseConfigText(text, format)
        if (!parsed.ok) expect(parsed.problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

const yamlLike = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      ': ',
      '- ',
      '\n',
      '  ',
      '&x ',
      '*x ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '? ',
      '!!map ',
      '"',
      '|',
      '<<',
    ),
  )
  .map((pieces) => pieces.join(''))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
