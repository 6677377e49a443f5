/**
 * For a protocol that nobody but its display can read: the printable characters of the newest write. What was written
 * together must be fed together.
 */
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'

export function readPlainText(): DisplayReader {
  let shown = ''
  return {
    feed(bytes) {
      const text = Buffer.from(bytes).toString('latin1')
      shown = text
        .split(/[^\x20-\x7e]+/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('\n')
    },
    shown: () => shown,
  }
}
