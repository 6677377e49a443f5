/**
 * Slips and receipts as they come out of a printer, dot by dot. Who changes one writes new pictures with
 * `node tests/devices/picture/write-pictures.ts` and looks at them before they are kept.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { paperPicture } from '#tests/devices/picture/paper-picture.ts'
import { PICTURED, SLIP_QR, SURVEY_URL, WIDTHS } from '#tests/devices/picture/pictured-papers.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const CASES = PICTURED.flatMap((paper) => WIDTHS.map((width) => ({ ...paper, width })))

test.each(CASES)('the $name on $width mm paper looks as it is kept', ({ name, document, papers, width }) => {
  const picture = paperPicture(renderDocument(document, width, papers), width)
  const kept = PNG.sync.read(readFileSync(new URL(`pictures/${name}-${width}.png`, import.meta.url)))
  if (kept.width === picture.width && kept.data.equals(picture.data)) return
  const file = join(makeTempFolder(), `${name}-${width}.png`)
  writeFileSync(file, PNG.sync.write(picture))
  expect.fail(`${kept.width} x ${kept.height} dots are kept; ${picture.width} x ${picture.height} came out: ${file}`)
})

/** As a scanner reads it from the picture. */
const scanned = ({ data, width, height }: PNG) => jsQR.default(new Uint8ClampedArray(data), width, height)?.data

test.each(CASES)('a scanner reads the QR code of the $name on $width mm paper', ({ document, papers, width }) => {
  const picture = paperPicture(renderDocument(document, width, papers), width)
  expect(scanned(picture)).toBe(document.kind === 'slip' ? SLIP_QR : SURVEY_URL)
})

test('a scanner reads the longest survey address that a configuration may hold, on both papers', () => {
  const document = PICTURED.find(({ name }) => name === 'receipt')?.document
  if (document?.kind !== 'receipt') throw new Error('no receipt is pictured')
  const surveyUrl = `https://skm.example.go.id/?${'x'.repeat(200 - 27)}`
  expect(surveyUrl).toHaveLength(200)
  for (const width of WIDTHS) {
    expect(scanned(paperPicture(renderDocument({ ...document, surveyUrl }, width), width))).toBe(surveyUrl)
  }
})

describe('the printer of these pictures', () => {
  const picture = (hex: string) => paperPicture(Buffer.from(hex, 'hex'), 58)
  const blackDots = (png: PNG) => {
    let dots = 0
    for (let at = 0; at < png.data.length; at += 4) if (png.data[at] === 0) dots += 1
    return dots
  }

  test('refuses what it does not know', () => {
    for (const hex of [
      '1b4700',
      '1d4c0000',
      '1b',
      '1b6103',
      '1b7402',
      '1d5641',
      '1d763001010001ff',
      '1c2e',
      '00',
      '82',
    ]) {
      expect(() => picture(`1b40${hex}`), hex).toThrow(/no such command/)
    }
    expect(() => picture('41')).toThrow(/within a line/)
    expect(() => picture('7e0a')).toThrow(/no picture of ~/)
    expect(() => picture(`${'41'.repeat(33)}0a`)).toThrow(/over the edge/)
  })

  test('prints enlarged, bold and pictured dots as many times as it should', () => {
    const plain = blackDots(picture('41420a'))
    expect(plain).toBeGreaterThan(50)
    expect(blackDots(picture('1d211141420a'))).toBe(plain * 4)
    expect(blackDots(picture('1b450141420a'))).toBeGreaterThan(plain)
    // Two rows of eight dots, then one dot: five are black.
    expect(blackDots(picture('1d76300001000300f08000'))).toBe(5)
  })
})
