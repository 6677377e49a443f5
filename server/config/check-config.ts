/** The rules of the mall's configuration, with the one that takes a library: whether the logo can be unpacked. */
import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { isWholePicture, readLogo } from '#contract/logo.ts'
import { checkMallConfig, type MallConfigCheck } from '#contract/mall-config-rules.ts'
import { logoProblem } from '#contract/papers-rules.ts'

export function checkConfig(value: unknown): MallConfigCheck {
  const check = checkMallConfig(value)
  const logo = check.ok ? check.config.papers?.logo : undefined
  if (logo === undefined || unpacks(logo)) return check
  return { ok: false, problems: [logoProblem('LOGO_BROKEN')] }
}

function unpacks(text: string): boolean {
  const read = readLogo(text)
  if (!read.ok) return false
  const { png, packed, rowBytes, height } = read.logo
  try {
    PNG.sync.read(Buffer.from(png))
    return isWholePicture(read.logo, inflateSync(packed, { maxOutputLength: rowBytes * height }))
  } catch {
    // Whatever it stumbles over: a picture with right checksums around pixels that are none.
    return false
  }
}
