/** Logos that cannot be printed, and what is said about each. */
import { crc32, deflateSync } from 'node:zlib'
import { logoPng } from '#tests/devices/picture/pictured-papers.ts'

type BrokenLogo = { what: string; logo: string; rule: string }

/** A whole chunk with a right checksum, whatever is in it. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A PNG of one grey pixel by its header, with these bytes as its picture. */
function pngAround(picture: Buffer, header = Buffer.from('00000001000000010800000000', 'hex')): Buffer {
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', picture), chunk('IEND', Buffer.alloc(0))])
}

export function brokenLogos(): BrokenLogo[] {
  const good = logoPng()
  const flipped = Buffer.from(good)
  flipped.writeUInt8(flipped.readUInt8(60) ^ 1, 60)
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
  const base64 = (bytes: Buffer) => bytes.toString('base64')
  return [
    { what: 'five megabytes large', logo: base64(Buffer.alloc(5 * 1024 * 1024, 0x89)), rule: 'LOGO_TOO_LARGE' },
    {
      what: 'a byte too large',
      logo: base64(Buffer.concat([good, Buffer.alloc(32 * 1024 + 1 - good.length)])),
      rule: 'LOGO_TOO_LARGE',
    },
    { what: 'a JPEG', logo: `data:image/jpeg;base64,${base64(jpeg)}`, rule: 'LOGO_NOT_PNG' },
    { what: 'the name of a file', logo: 'logo.png', rule: 'LOGO_NOT_PNG' },
    { what: 'empty', logo: '', rule: 'LOGO_NOT_PNG' },
    { what: 'cut off', logo: base64(good.subarray(0, good.length - 20)), rule: 'LOGO_BROKEN' },
    { what: 'changed in one bit', logo: base64(flipped), rule: 'LOGO_BROKEN' },
    { what: 'without pixels', logo: base64(pngAround(Buffer.alloc(0))), rule: 'LOGO_BROKEN' },
    { what: 'packed in no known way', logo: base64(pngAround(Buffer.from('nonsense'))), rule: 'LOGO_BROKEN' },
    { what: 'short of a pixel', logo: base64(pngAround(deflateSync(Buffer.from([0])))), rule: 'LOGO_BROKEN' },
    {
      what: 'of more pixels than it says',
      logo: base64(pngAround(deflateSync(Buffer.alloc(64 * 1024)))),
      rule: 'LOGO_BROKEN',
    },
    {
      what: 'filtered in no known way',
      logo: base64(pngAround(deflateSync(Buffer.from([5, 0])))),
      rule: 'LOGO_BROKEN',
    },
    {
      what: 'without its palette',
      logo: base64(pngAround(deflateSync(Buffer.from([0, 0])), Buffer.from('00000001000000010803000000', 'hex'))),
      rule: 'LOGO_BROKEN',
    },
    {
      what: 'interlaced',
      logo: base64(pngAround(deflateSync(Buffer.from([0, 0])), Buffer.from('00000001000000010800000001', 'hex'))),
      rule: 'LOGO_INTERLACED',
    },
    { what: 'too wide', logo: base64(logoPng(577, 10)), rule: 'LOGO_TOO_WIDE' },
    { what: 'too tall', logo: base64(logoPng(10, 241)), rule: 'LOGO_TOO_TALL' },
  ]
}
