/**
 * Bytes that a driver must send, in tests/devices/golden/<id>.ts. Each is taken from a manual or put together by hand from its
 * command list, never copied from the driver's output.
 */
import type { LedState } from '#main/host/device-documents.ts'

export type GoldenCase = {
  what: string
  params: Record<string, unknown>
  state: LedState
  /** Hex of each write after connecting; left out where it was checked before. */
  init?: string[]
  /** Hex of each write of the state. */
  frames: string[]
  /** False where only the display can tell what its bytes show. */
  isReadable?: false
}

/** Characters as hex, for golden bytes that people can read. */
export function text(characters: string): string {
  return Buffer.from(characters, 'latin1').toString('hex')
}
