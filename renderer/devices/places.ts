/** Where in the profile something is wrong, as people on this screen know the place. */

import type { Failure } from '#contract/desk-api.ts'
import type { DriverView } from '#contract/methods/devices.ts'
import type { ProfileDraft } from '#renderer/devices/profile-draft.ts'
import { fieldsOf } from '#renderer/devices/schema-rules.ts'
import type { Text } from '#renderer/i18n/text.tsx'

export type Section = 'displays' | 'printer' | 'voice' | 'move'

/** `at` of the host: `displays.0.params.map`; `rule` in words. */
export type ProfileProblem = { at: string; rule: string }

/** Null for a refusal that names no place in what was tried or saved. */
export function problemOf(failure: Failure | null): ProfileProblem | null {
  if (failure?.code !== 'PROFILE_WRONG' && failure?.code !== 'TEMPLATE_WRONG') return null
  return { at: String(failure.detail?.at ?? ''), rule: String(failure.detail?.rule ?? '') }
}

/** `language` is the language of what is printed. */
export function sectionOf(at: string): Section {
  if (at.startsWith('displays')) return 'displays'
  return at.startsWith('voice') ? 'voice' : 'printer'
}

export function displayIndexOf(at: string): number | null {
  const [, index] = /^displays\.(\d+)/.exec(at) ?? []
  return index === undefined ? null : Number(index)
}

export type NameParameter = (title: string) => string

export function placeName(
  at: string,
  draft: ProfileDraft,
  drivers: readonly DriverView[],
  text: Text,
  nameParameter: NameParameter,
): string {
  const index = displayIndexOf(at)
  if (index === null) return at || text('devices.wholeProfile')
  const driver = drivers.find(({ id }) => id === draft.displays[index]?.driver)
  const inside = at.split('.').slice(2).join('.')
  const display = text('devices.displayN', { n: index + 1 })
  return inside === '' ? display : `${display}, ${placeInDisplay(inside, driver, nameParameter)}`
}

/** `at` begins at the display: `params.map.0`. */
export function placeInDisplay(at: string, driver: DriverView | undefined, nameParameter: NameParameter): string {
  const [group, parameter = '', ...rest] = at.split('.')
  const title =
    group === 'params' && driver && fieldsOf(driver.parameters).find(([name]) => name === parameter)?.[1].title
  return title ? [nameParameter(title), ...(rest.length > 0 ? [rest.join('.')] : [])].join(', ') : at
}
