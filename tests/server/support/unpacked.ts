/** What a change stream tells, its packed pages as they would have come without packing. */
import { gunzipSync } from 'node:zlib'

export const PACKED = /event: packed\ndata: (.*)\n\n/g

export const unpacked = (text: string): string =>
  text.replace(PACKED, (_, page: string) => gunzipSync(Buffer.from(page, 'base64')).toString())
