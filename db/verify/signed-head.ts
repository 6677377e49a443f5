/** What the server has confirmed and signed must still be here: a log that was cut off behind it is found out. */

import { signedHeadText } from '#contract/wire/agreed.ts'
import type { Repositories } from '#db/repositories/index.ts'
import { isSignedBy } from '#db/server-signature.ts'
import type { VerifyFinding } from '#db/verify.ts'

export function signedHeadFindings({ device, events }: Repositories): VerifyFinding[] {
  const row = device.get()
  if (!row) return []
  const findings: VerifyFinding[] = []
  const add = (key: string, what: string) => findings.push({ table: 'device', key, what })
  const last = events.head(row.generation).seq
  if (row.acked_seq > last) {
    add('acked_seq', `server sudah menerima ${row.acked_seq} peristiwa, catatan berakhir di ${last}`)
  }
  const { signed_generation: generation, signed_seq: seq, signed_hash: hash, signature, server_key } = row
  if (generation === null || seq === null || hash === null || signature === null || server_key === null) return findings
  const key = `signed_head ${generation}/${seq}`
  if (!isSignedBy(server_key, signedHeadText(row.device_id, { generation, seq, hash }), signature)) {
    add(key, 'tanda tangan server tidak cocok')
  } else if (seq > 0) {
    const stored = events.get(generation, seq)
    if (!stored)
      add(key, `peristiwa yang ditandatangani server tidak ada, catatan berakhir di ${events.head(generation).seq}`)
    else if (stored.hash !== hash) add(key, 'server menandatangani peristiwa lain di tempat ini')
  }
  return findings
}
