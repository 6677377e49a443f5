/** Whether text is the canonical JSON of what was read from it, mostly without writing all of it once more, key by key. */
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'

/** Facts have four levels at most. Without a limit of its own, what passes would depend on the stack of whoever reads. */
const DEEPEST = 64

/**
 * `value` is the text as JSON, `event` what the shape found in it. What the engine writes is canonical when the keys stand in
 * order and nothing has to be refused; everything else is decided the long way. False for what an event must not hold, such as -0,
 * which counts as an integer for the shape, or more than 64 levels.
 */
export function isCanonicalText(text: string, value: unknown, event: object): boolean {
  try {
    if (isPlain(value, DEEPEST) && JSON.stringify(value) === text) return true
    return !isDeeper(value, DEEPEST) && canonicalJson(event as CanonicalValue) === text
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}

/** Keys in UTF-16 code unit order, well-formed text, safe integers, all the way down, which is not far. */
function isPlain(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) return value.every((member) => isPlain(member, levels - 1))
  let before = ''
  for (const [key, member] of Object.entries(value)) {
    // Shapes pass over __proto__ without a word: the event would not hold all that the text says.
    if (key < before || key === '__proto__' || !key.isWellFormed() || !isPlain(member, levels - 1)) return false
    before = key
  }
  return true
}
