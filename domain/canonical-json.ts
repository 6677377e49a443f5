/**
 * Canonical JSON (RFC 8785) for the values that events are made of: objects, arrays, strings, booleans, null and safe
 * integers. Fractions are refused, so number formatting never depends on a platform.
 */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined }

/** Text that is the same for equal values. Throws TypeError for a value that an event must not hold. */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`not a safe integer: ${value}`)
    return String(value)
  }
  // Array.from visits holes too, where map() would pass over them and write text that is not JSON.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item as CanonicalValue)).join(',')}]`
  if (typeof value === 'object') {
    const object = value as { readonly [key: string]: CanonicalValue | undefined }
    const members: string[] = []
    // RFC 8785 3.2.3: keys in UTF-16 code unit order, which is what sort() does by default.
    for (const key of Object.keys(object).sort()) {
      const member = object[key]
      if (member !== undefined) members.push(`${canonicalString(key)}:${canonicalJson(member)}`)
    }
    return `{${members.join(',')}}`
  }
  throw new TypeError(`not a JSON value: ${typeof value}`)
}

function canonicalString(text: string): string {
  // A lone surrogate has no UTF-8 form, so two different texts would hash alike.
  if (!text.isWellFormed()) throw new TypeError('text is not well-formed Unicode')
  return JSON.stringify(text)
}
