/** The part of JSON Schema that forms are made of; anything else is edited as JSON. */
import type { MessageKey } from '#renderer/i18n/text.tsx'

export type Schema = Readonly<{
  type?: string
  title?: string
  default?: unknown
  enum?: readonly (string | number)[]
  minimum?: number
  maximum?: number
  multipleOf?: number
  pattern?: string
  maxLength?: number
}>
export type Rule = { key: MessageKey; values?: Record<string, string | number> }

/** The parameters of a driver, in their order. */
export function fieldsOf(parameters: Readonly<Record<string, unknown>>): [string, Schema][] {
  return Object.entries((parameters.properties ?? {}) as Record<string, Schema>)
}

export type FieldKind = 'choice' | 'yesNo' | 'number' | 'text' | 'json'

export function kindOf(schema: Schema): FieldKind {
  if (schema.enum) return 'choice'
  if (schema.type === 'boolean') return 'yesNo'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  return schema.type === 'string' ? 'text' : 'json'
}

/** Which rule a value breaks; null when none. A text where a number or JSON belongs is what was typed and not understood. */
export function brokenRule(schema: Schema, value: unknown): Rule | null {
  switch (kindOf(schema)) {
    case 'number':
      return brokenNumber(schema, value)
    case 'text':
      return brokenText(schema, String(value))
    case 'json':
      return typeof value === 'string' ? { key: 'rule.json', values: { detail: jsonProblem(value) } } : null
    default:
      return null
  }
}

function brokenNumber({ minimum, maximum, multipleOf }: Schema, value: unknown): Rule | null {
  if (typeof value !== 'number') return { key: 'rule.number' }
  const isBetween = value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)
  if (!isBetween && minimum !== undefined && maximum !== undefined) {
    return { key: 'rule.between', values: { minimum, maximum } }
  }
  if (minimum !== undefined && value < minimum) return { key: 'rule.atLeast', values: { minimum } }
  if (maximum !== undefined && value > maximum) return { key: 'rule.atMost', values: { maximum } }
  return multipleOf !== undefined && value % multipleOf !== 0 ? { key: 'rule.multiple', values: { multipleOf } } : null
}

function brokenText({ pattern, maxLength }: Schema, value: string): Rule | null {
  if (maxLength !== undefined && value.length > maxLength) return { key: 'rule.tooLong', values: { maxLength } }
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value)
    ? { key: 'rule.pattern', values: { pattern } }
    : null
}

/** A whole number as typed, or the text itself. */
export function readNumber(typed: string): number | string {
  return /^-?[0-9]{1,12}$/.test(typed.trim()) ? Number(typed) : typed
}

/** The value as typed, or the text itself; a bare JSON string is no value of any parameter. */
export function readJson(typed: string): unknown {
  try {
    const value: unknown = JSON.parse(typed)
    return typeof value === 'string' ? typed : value
  } catch {
    // Not yet JSON: brokenRule says so.
    return typed
  }
}

/** The reader's own word for what is wrong with a text that is no JSON; empty when it is one. */
export function jsonProblem(typed: string): string {
  try {
    JSON.parse(typed)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
