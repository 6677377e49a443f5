import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { driver } from '#main/host/devices/led/drivers/template.ts'
import { CHECKSUMS } from '#main/host/devices/led/template/checksums.ts'
import { type Allowed, parseTemplate, TemplateError } from '#main/host/devices/led/template/parse.ts'
import { renderTemplate, type TemplateValues } from '#main/host/devices/led/template/render.ts'
import { number } from '#tests/devices/samples.ts'

const ALL: Allowed = ['number', 'prefix', 'counter', 'addr', 'text', 'brightness', 'blink']
const VALUES: TemplateValues = {
  number: '012',
  prefix: 'A',
  counter: '3',
  addr: '7',
  text: 'A-012',
  brightness: '200',
  isBlinking: false,
  hasWords: false,
}

/** All bytes as hex, pieces separated by a bar; null when it cannot be shown. */
function sent(source: string, values: Partial<TemplateValues> = {}): string | null {
  const pieces = renderTemplate(parseTemplate(source, ALL), { ...VALUES, ...values })
  return pieces?.map(({ bytes }) => Buffer.from(bytes).toString('hex')).join('|') ?? null
}

const hex = (characters: string) => Buffer.from(characters, 'latin1').toString('hex')

function refusal(source: string, allowed: Allowed = ALL): { position: number; message: string } {
  try {
    parseTemplate(source, allowed)
  } catch (error) {
    if (error instanceof TemplateError) return { position: error.position, message: error.message }
    throw error
  }
  throw new Error(`${source} was accepted`)
}

describe('check sums', () => {
  const nine = Buffer.from('123456789')

  test.each([
    ['crc16-modbus', 0x4b37],
    ['crc16-ccitt', 0x29b1],
    ['crc16-xmodem', 0x31c3],
    // 31 to 39 hex add up to 477 decimal.
    ['sum16', 0x01dd],
    ['sum8', 0xdd],
    ['lrc', 0x23],
    ['xor', 0x31],
  ] as const)('%s of 123456789', (name, value) => {
    expect(CHECKSUMS[name].of(nine)).toBe(value)
  })

  test('go out in the order that their protocols use, or as the format says', () => {
    expect(sent('{(}123456789{)}{crc16-modbus}')).toBe(`${hex('123456789')}374b`)
    expect(sent('{(}123456789{)}{crc16-ccitt}')).toBe(`${hex('123456789')}29b1`)
    expect(sent('{(}123456789{)}{crc16-ccitt:bin16le}')).toBe(`${hex('123456789')}b129`)
    expect(sent('{(}123456789{)}{sum16:hex4}')).toBe(hex('12345678901DD'))
    expect(sent('{(}123456789{)}{sum8:hex2}{xor}{lrc:bin8}')).toBe(`${hex('123456789DD')}3123`)
  })

  test('cover what is between the marks, escapes and values too, and the newest pair of marks', () => {
    expect(sent('\\x02{(}{number}\\x03{)}{xor}')).toBe(`0230313203${(0x30 ^ 0x31 ^ 0x32 ^ 0x03).toString(16)}`)
    expect(sent('{(}A{)}{sum8}{(}B{)}{sum8}')).toBe('41414242')
    expect(sent('{(}A{delay:5}B{)}{sum8}')).toBe('41|4283')
    expect(sent('{(}{)}{sum8}')).toBe('00')
  })

  test('add up to nothing with their own sum behind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const lrc = CHECKSUMS.lrc.of(bytes)
        expect(CHECKSUMS.sum8.of(Uint8Array.from([...bytes, lrc]))).toBe(0)
        const crc = CHECKSUMS['crc16-ccitt'].of(bytes)
        expect(CHECKSUMS['crc16-ccitt'].of(Uint8Array.from([...bytes, crc >> 8, crc & 0xff]))).toBe(0)
      }),
    )
  })
})

describe('the language', () => {
  test('has characters and escapes', () => {
    expect(sent('Ab \\x1B\\x00\\xfF\\r\\n\\t\\\\\\{\\}\\:')).toBe(`${hex('Ab ')}1b00ff0d0a095c7b7d3a`)
  })

  test.each([
    ['{number}', '303132'],
    ['{number:06}', hex('000012')],
    ['{number:>6}', hex('   012')],
    ['{number:<6}', hex('012   ')],
    ['{number:hex2}', hex('0C')],
    ['{number:bin8}', '0c'],
    ['{number:bin16le}', '0c00'],
    ['{number:bcd}', '0012'],
    ['{prefix}{counter}{addr:bin8}', '413307'],
    ['{text:<7}!', hex('A-012  !')],
    ['{brightness:bin8}{brightness:hex2}{brightness}', `c8${hex('C8200')}`],
  ])('%s', (source, bytes) => {
    expect(sent(source)).toBe(bytes)
  })

  test('chooses by blinking', () => {
    expect(sent('{blink?\\x45\\x08:\\x45\\x00}{number}', { isBlinking: true })).toBe('4508303132')
    expect(sent('{blink?\\x45\\x08:\\x45\\x00}{number}')).toBe('4500303132')
    expect(sent('{blink?ON}{number}')).toBe('303132')
    expect(sent('{blink?A:B}{blink?C:D}')).toBe(hex('BD'))
    expect(sent('{blink?a\\:b\\}:c{number:04}:d}', { isBlinking: true })).toBe(hex('a:b}'))
    expect(sent('{blink?a:c{number:04}:d}')).toBe(hex('c0012:d'))
  })

  test('divides into pieces at delays', () => {
    expect(renderTemplate(parseTemplate('A{delay:100}B{delay:7}', ALL), VALUES)).toEqual([
      { bytes: Uint8Array.of(0x41), delayMs: 100 },
      { bytes: Uint8Array.of(0x42), delayMs: 7 },
    ])
  })

  test('shows no number that does not fit its format, and cuts only words and the counter', () => {
    expect(sent('{number:02}')).toBeNull()
    expect(sent('{number:<2}')).toBeNull()
    expect(sent('{number:bin8}', { number: '256' })).toBeNull()
    expect(sent('{number:bin16le}', { number: '65536' })).toBeNull()
    expect(sent('{number:hex2}', { number: '256' })).toBeNull()
    expect(sent('{text:<4}')).toBeNull()
    expect(sent('{text:<4}', { text: 'TUTUP', hasWords: true })).toBe(hex('TUTU'))
    expect(sent('{counter:<4}', { counter: 'Loket 14' })).toBe(hex('Loke'))
    expect(sent('{counter:bin8}', { counter: '12A' })).toBeNull()
  })

  test.each([
    ['A{nomor}', 2, '{nomor} tidak dikenal'],
    ['{number:4}', 1, 'bentuk :4 tidak dikenal'],
    ['{number:hex9}', 1, 'bentuk :hex9 tidak dikenal'],
    ['ab\\q', 3, 'tidak dikenal'],
    ['\\x1', 1, 'tidak dikenal'],
    ['\\', 1, 'tidak dikenal'],
    ['abc{number', 4, '{ tanpa }'],
    ['abc}', 4, '} tanpa {'],
    ['Aé', 2, 'hanya huruf biasa'],
    ['A\n', 2, 'hanya huruf biasa'],
    ['{sum8}', 1, 'sebelum {sum8} harus ada {(} dan {)}'],
    ['{(}A{sum8}{)}', 5, 'sebelum {sum8} harus ada {(} dan {)}'],
    ['A{(}B', 2, '{(} tanpa {)}'],
    ['A{)}', 2, '{)} tanpa {(}'],
    ['{(}{(}', 4, '{(} di dalam {(} lain'],
    ['{(}A{)}{sum16:hex2}', 8, '{sum16} tidak punya bentuk :hex2'],
    ['{(}A{)}{sum8:bin16le}', 8, '{sum8} tidak punya bentuk :bin16le'],
    ['{blink?a:b', 1, '{blink? tanpa }'],
    ['{blink?{blink?a}}', 8, '{blink?..} di dalam {blink?..} lain'],
    ['{blink?{(}a}', 8, '{(} di dalam {blink?..}'],
    ['{prefix:04}', 1, '{prefix} bukan angka'],
    ['A{delay}', 2, '{delay:ms} harus 1 sampai 10000 ms'],
    ['A{delay:0}', 2, '{delay:ms} harus 1 sampai 10000 ms'],
    ['A{delay:10001}', 2, '{delay:ms} harus 1 sampai 10000 ms'],
    ['{delay:5}A', 1, 'belum ada yang dikirim sebelum jeda ini'],
  ])('refuses %s at character %i: %s', (source, position, problem) => {
    const refused = refusal(source)
    expect(refused.position).toBe(position)
    expect(refused.message).toContain(problem)
    expect(refused.message).toContain(`huruf ke-${position}:`)
  })

  test('refuses a value that means nothing where it stands, and says which do', () => {
    expect(refusal('A{number}', ['addr'])).toEqual({
      position: 2,
      message: expect.stringContaining('{number} tidak berarti di sini; yang dikenal: {addr} {(} {)}'),
    })
  })

  test('either refuses a text or takes it, and never fails in another way', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '\\',
      ':',
      '?',
      '{number',
      '{blink?',
      '{(}',
      '{)}',
      '{sum8}',
      '{delay:5}',
      'x1F',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 }), (pieces) => {
        try {
          parseTemplate(pieces.join(''), ALL)
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError)
          expect((error as TemplateError).position).toBeLessThanOrEqual(pieces.join('').length + 1)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('sends any bytes that are written as escapes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        const written = [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
        expect(sent(written)).toBe(Buffer.from(bytes).toString('hex'))
      }),
    )
  })
})

describe('a set-up with templates', () => {
  const problems = (params: unknown) => {
    const { error } = driver.parameters.safeParse(params)
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  }

  test('is refused with the name of the template, the place in it and the reason', () => {
    expect(problems({ show: '\\x02{nomer}\\x03' })).toEqual([
      expect.stringMatching(/^show: huruf ke-5: {nomer} tidak dikenal/),
    ])
    expect(problems({ clear: '{number}' })).toEqual([
      expect.stringMatching(/^clear: huruf ke-1: {number} tidak berarti/),
    ])
    expect(problems({ show: 'NOMOR' })).toEqual(['show: tidak mengirim {number} ataupun {text}'])
    expect(problems({ show: '{number}', message: '', clear: '' })).toEqual([
      'clear: tidak ada yang menghapus nomor lama',
    ])
    expect(problems({ init: '{addr:bin8}', addr: 'A1' })).toEqual(['init: ada nilai yang tidak muat dalam bentuknya'])
    expect(problems({ show: '{addr:bin8}{number}', addr: 'A1' })).toEqual([
      'show: ada nilai yang tidak muat dalam bentuknya',
    ])
    expect(problems({ reply: '{delay:5}' })).toEqual([expect.stringMatching(/^reply: huruf ke-1/)])
    expect(problems({ reply: 'OK{delay:5}' })).toEqual([expect.stringMatching(/^reply: .*balasan hanya berisi huruf/)])
  })

  test('shows letters before a number only where the template sends them', () => {
    const shows = (show: string) => driver.showsPrefix({ show, clear: 'C' })
    expect([shows('{number}'), shows('{prefix}{number}'), shows('{text}')]).toEqual([false, true, true])
    expect([shows('{blink?{text}:{number}}'), shows('{blink?{text}:{prefix}{number}}')]).toEqual([false, true])
  })

  test('waits for the reply after the last piece of each template', () => {
    const reply = { bytes: Uint8Array.of(0x06), timeoutMs: 70 }
    const frames = driver.encode(number(), {
      show: 'A{delay:9}{number}',
      clear: 'C',
      reply: '\\x06',
      replyTimeoutMs: 70,
    })
    expect(frames.map((frame) => frame.reply)).toEqual([undefined, reply])
  })

  test('pauses as long as the longer of its delay and the pause of every command', () => {
    const gaps = (gapMs: number) =>
      driver.encode(number(), { show: 'A{delay:100}{number}', clear: 'C', gapMs }).map((frame) => frame.gapMs)
    expect([gaps(30), gaps(300)]).toEqual([
      [100, 30],
      [300, 300],
    ])
  })

  test('ends a blink by its own command, and begins it after the number', () => {
    const params = { show: '{number}', clear: 'C', blinkOn: 'N', blinkOff: 'F', gapMs: 1 }
    const bytes = (blink: boolean) =>
      driver.encode(number(undefined, blink), params).map((frame) => Buffer.from(frame.bytes).toString())
    expect(bytes(true)).toEqual(['012', 'N'])
    expect(bytes(false)).toEqual(['012', 'F'])
  })

  test('says a word where it has one to say, and clears where it has not', () => {
    const params = { show: '{text}', message: 'M{text}', clear: 'C', closedText: '' }
    const bytes = (kind: 'closed' | 'paused') =>
      driver.encode({ kind }, params).map((frame) => Buffer.from(frame.bytes).toString())
    expect([bytes('closed'), bytes('paused')]).toEqual([['C'], ['MLOKET JEDA SEBENTAR']])
  })
})
