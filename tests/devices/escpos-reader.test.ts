import { describe, expect, test } from 'vitest'
import { EscPosError, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { slip } from '#tests/devices/samples.ts'

describe('the ESC/POS reader', () => {
  const read = (hex: string) => () => readEscPos(Buffer.from(hex, 'hex'))

  test('names an unknown command and where it stands', () => {
    expect(read('41421b7a00')).toThrow(new EscPosError('unknown or unfinished command 1b7a00 at offset 2', 2))
    expect(read('1d6b00')).toThrow(/at offset 0/)
    expect(read('4107')).toThrow(/07 at offset 1/)
    expect(read('1d286b0400304131')).toThrow(EscPosError)
  })

  test('refuses every document that was cut off inside a command', () => {
    const job = renderDocument(slip, 80)
    const results = Array.from(job, (_, length) => {
      try {
        readEscPos(job.subarray(0, length))
        return 'whole'
      } catch (error) {
        return error instanceof EscPosError ? 'refused' : String(error)
      }
    })
    expect(new Set(results)).toEqual(new Set(['whole', 'refused']))
    expect(results[1]).toBe('refused')
  })

  test('reads the upper half of a code page, and refuses one that it has no table for', () => {
    const text = (hex: string) => read(hex)().lines.map((line) => line.text)
    expect(text('4b82e1ff0a')).toEqual(['Ké\u00df\u00a0'])
    expect(text('1b741080e9b50a')).toEqual(['€éµ'])
    expect(text('1b74101b4080ff0a')).toEqual(['Ç\u00a0'])
    expect(read('1b742041800a')).toThrow(/80 at offset 4|800a at offset 4/)
  })

  test('takes questions to the printer for what they are: nothing on paper', () => {
    expect(read('1004011004021004044142 0a1d7201'.replaceAll(' ', ''))().lines.map(({ text }) => text)).toEqual(['AB'])
    expect(read('100405')).toThrow(/at offset 0/)
    expect(read('4110ff01')).toThrow(/at offset 1/)
  })

  test('joins the bands of a picture, and refuses one that is cut off, empty or in the middle of a line', () => {
    const band = (dots: string, height = '0100') => `1d7630000100${height}${dots}`
    const images = (hex: string) =>
      read(hex)().items.flatMap((item) => (item.kind === 'image' ? { ...item.image, bits: [...item.image.bits] } : []))
    expect(images(`1b6101${band('f0')}${band('0f80', '0200')}1b6100`)).toEqual([
      { width: 8, height: 3, bits: [0xf0, 0x0f, 0x80], align: 'center' },
    ])
    expect(images(`${band('f0')}0a${band('f0')}1b6102${band('f0')}`)).toMatchObject([
      { align: 'left' },
      { align: 'left' },
      { align: 'right' },
    ])
    for (const hex of [band(''), band('', '0000'), `41${band('f0')}`, `1d763001${'01000100ff'}`, '1d763100']) {
      expect(read(hex), hex).toThrow(EscPosError)
    }
  })

  test('keeps a last line without line feed', () => {
    expect(read('4142')().lines.map(({ text }) => text)).toEqual(['AB'])
  })
})
