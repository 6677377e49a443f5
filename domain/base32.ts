/** RFC 4648: no 0, 1 and 8, which look like letters. */
export const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The first `length` base32 characters (RFC 4648, five bits each) of a hash in hex. */
export function base32Head(hex: string, length: number): string {
  const bits = length * 5
  const digits = Math.ceil(bits / 4)
  const value = BigInt(`0x${hex.slice(0, digits)}`) >> BigInt(digits * 4 - bits)
  let text = ''
  for (let index = length - 1; index >= 0; index -= 1) text += BASE32[Number((value >> BigInt(index * 5)) & 31n)]
  return text
}
