/** The text of a note, while there is one, is what its hash says. A purged one has nothing to prove. */
import type { Repositories } from '#db/repositories/index.ts'
import { noteKey } from '#db/verify/projections.ts'
import type { VerifyFinding } from '#db/verify.ts'
import type { Sha256 } from '#domain/chain.ts'
import { personalTextHash, SALT_LENGTH } from '#domain/personal-text.ts'

export function noteTextFindings({ notes }: Repositories, sha256: Sha256): VerifyFinding[] {
  return notes.all().flatMap((row) => {
    const { salt, value, value_hash } = row
    if (salt === null && value === null) return []
    const isProven =
      salt?.length === SALT_LENGTH && value !== null && personalTextHash(sha256, salt, value) === value_hash
    return isProven ? [] : [{ table: 'note', key: noteKey(row), what: 'isinya bukan yang dulu dicatat' }]
  })
}
