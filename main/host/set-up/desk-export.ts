/**
 * The set-up of a counter as a file, so that a booth moves to another PC in two minutes. It holds what hangs on the PC and
 * where it belongs; never a token, key, session, hand or store: the new PC gets those by enrolment with a one-time code.
 */
import { z } from 'zod'
import { DeviceRole } from '#contract/wire/enrolment.ts'
import type { DeskProfile } from '#main/host/profile.ts'

const KIND = 'loket-desk'
const VERSION = 1

const DeskExport = z.strictObject({
  kind: z.literal(KIND),
  version: z.literal(VERSION),
  /** ISO 8601, UTC. */
  exportedAt: z.iso.datetime(),
  placeName: z.string().max(200),
  role: DeviceRole,
  serverUrl: z.url({ protocol: /^https?$/ }).max(200),
  /** As in profile.json; its shape is checked by whoever uses it. */
  profile: z.record(z.string(), z.unknown()),
})
export type DeskExport = Omit<z.infer<typeof DeskExport>, 'profile'> & { profile: Record<string, unknown> }

export type ReadExport = { ok: true; desk: DeskExport } | { ok: false; code: 'EXPORT_UNREADABLE' | 'EXPORT_NEWER' }

export function writeDeskExport(
  from: Pick<DeskExport, 'placeName' | 'role' | 'serverUrl'> & { profile: DeskProfile; at: number },
): string {
  const { placeName, role, serverUrl, profile, at } = from
  const content: DeskExport = {
    kind: KIND,
    version: VERSION,
    exportedAt: new Date(at).toISOString(),
    placeName,
    role,
    serverUrl,
    profile,
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

export function readDeskExport(text: string): ReadExport {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, code: 'EXPORT_UNREADABLE' }
  }
  const parsed = DeskExport.safeParse(value)
  if (parsed.success) return { ok: true, desk: parsed.data }
  const { kind, version } = (value ?? {}) as { kind?: unknown; version?: unknown }
  const isNewer = kind === KIND && typeof version === 'number' && version > VERSION
  return { ok: false, code: isNewer ? 'EXPORT_NEWER' : 'EXPORT_UNREADABLE' }
}

/** "loket-3.loket.json": letters that every file system takes. */
export function exportFileName(placeName: string): string {
  const name = placeName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `${name || 'loket'}.loket.json`
}
