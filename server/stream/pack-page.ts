/** Packs long pages of a change stream: rows of one queue are mostly the same words again. */
import { gzipSync } from 'node:zlib'
import { PACKED_EVENT } from '#contract/wire/agreed.ts'

/** Characters. What is told live is nearly always shorter and goes out as it is: no recall waits for a packer at either end. */
const PACK_FROM = 4_096

/** `page` holds whole server-sent events; so does the result, a single one when that is worth it. */
export function packPage(page: string): string {
  if (page.length < PACK_FROM) return page
  return `event: ${PACKED_EVENT}\ndata: ${gzipSync(page).toString('base64')}\n\n`
}
