/** A set-up that a screen or a command line made up: used for a try, or saved, only when it holds. */
import type { Failure } from '#contract/desk-api.ts'
import type { DisplayTry } from '#contract/methods/devices.ts'
import { parseTicketLabel } from '#domain/ticket-label.ts'
import type { LedState } from '#main/host/device-documents.ts'
import { type DeskProfile, ProfileError, parseProfile } from '#main/host/profile.ts'

type Draft<T> = { ok: true; value: T } | Failure<'PROFILE_WRONG'>

export function draftProfile(profile: unknown): Draft<DeskProfile> {
  try {
    return { ok: true, value: parseProfile(profile) }
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    // The first is enough: the others are often its consequence.
    const { path = '(file)', rule = error.message } = error.broken[0] ?? {}
    return { ok: false, code: 'PROFILE_WRONG', detail: { at: path, rule } }
  }
}

/** One display alone. The place of a broken rule begins at the display. */
export function draftDisplay(display: unknown): Draft<DeskProfile['displays'][number]> {
  return partOf({ displays: [display] }, 'displays.0.', ({ displays }) => displays[0])
}

export function draftPrinter(printer: unknown): Draft<NonNullable<DeskProfile['printer']>> {
  return partOf({ printer }, 'printer.', (profile) => profile.printer)
}

export function draftVoice(voice: unknown): Draft<NonNullable<DeskProfile['voice']>> {
  return partOf({ voice }, 'voice.', (profile) => profile.voice)
}

function partOf<T>(
  part: Record<string, unknown>,
  prefix: string,
  pick: (profile: DeskProfile) => T | null | undefined,
): Draft<T> {
  const draft = draftProfile({ displays: [], printer: null, language: 'id', ...part })
  if (!draft.ok) {
    const at = String(draft.detail?.at).replace(prefix, '')
    return { ...draft, detail: { ...draft.detail, at } }
  }
  const value = pick(draft.value)
  return value ? { ok: true, value } : { ok: false, code: 'PROFILE_WRONG', detail: { at: prefix, rule: 'kosong' } }
}

/** Null for a number that is none; "A012" is read as A-012. */
export function triedState(show: DisplayTry): LedState | null {
  if (show.kind !== 'number') return { kind: show.kind }
  const label = parseTicketLabel(show.label) ?? parseTicketLabel(show.label.replace(/([0-9]{2,})$/, '-$1'))
  return label && { kind: 'number', label, counterName: show.counterName, blink: show.blink }
}
