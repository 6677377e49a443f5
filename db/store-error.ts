/** Why a store cannot be opened or written, as codes that shells and screens know. */
export type StoreErrorCode =
  | 'STORE_BROKEN'
  | 'STORE_FOREIGN'
  | 'STORE_NEWER'
  | 'STORE_READ_ONLY'
  | 'STORE_FULL'
  | 'STORE_IN_USE'

export class StoreError extends Error {
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreError'
    this.code = code
  }
}

const CODE_OF: readonly [RegExp, StoreErrorCode][] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'STORE_BROKEN'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'STORE_FULL'],
  // better-sqlite3 reports a full disk met while growing the shared memory file as an I/O error of that kind.
  [/^SQLITE_IOERR_(SHMSIZE|WRITE)/, 'STORE_FULL'],
  [/^(SQLITE_(READONLY|CANTOPEN|PERM)|EACCES|EROFS|EPERM)/, 'STORE_READ_ONLY'],
  [/^SQLITE_(BUSY|LOCKED)/, 'STORE_IN_USE'],
]

/** Maps an SQLite or file system error to a StoreError; anything else is returned as it is (a bug, not a condition). */
export function asStoreError(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  const known = CODE_OF.find(([pattern]) => pattern.test(code))
  return known ? new StoreError(known[1], `${code}: ${error.message}`, error) : error
}
