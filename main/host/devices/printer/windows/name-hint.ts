/** Printers that may be meant by a name that Windows does not know. Never used by itself: the set-up has to be corrected. */
import type { Winspool } from '#main/host/devices/printer/windows/winspool.ts'

/** `\\server\STRUK` is shown as "STRUK" or "STRUK on server", and is another printer than a local STRUK. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1)
}

export async function nameHint(winspool: Winspool, name: string): Promise<string> {
  const known = await winspool.list().catch(() => [])
  const alike = known.filter((one) => lastPart(one.name).toLowerCase() === lastPart(name).toLowerCase())
  return alike.length === 0
    ? ''
    : `; there is ${alike.map((one) => `"${one.name}"`).join(' and ')}: write the whole name`
}
