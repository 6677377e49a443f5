/** What this screen sees wrong by itself, before the host is asked. Places are the host's: `displays.0.params.map`. */
import type { DriverView } from '#contract/methods/devices.ts'
import type { ProfileDraft } from '#renderer/devices/profile-draft.ts'
import { brokenRule, fieldsOf, type Rule } from '#renderer/devices/schema-rules.ts'

export type DraftProblem = { at: string; rule: Rule }

const PORT_NUMBER = { type: 'integer', minimum: 1, maximum: 65_535 } as const

export function draftProblems(draft: ProfileDraft, drivers: readonly DriverView[]): DraftProblem[] {
  const displays = draft.displays.flatMap((display, index) => {
    const at = `displays.${index}`
    const driver = drivers.find(({ id }) => id === display.driver)
    const params = driver ? fieldsOf(driver.parameters) : []
    return [
      ...noPort(display.transport, at),
      ...params.flatMap(([name, schema]) => {
        const rule = name in display.params ? brokenRule(schema, display.params[name]) : null
        return rule ? [{ at: `${at}.params.${name}`, rule }] : []
      }),
    ]
  })
  return [...displays, ...printerProblems(draft.printer.transport)]
}

function printerProblems(transport: ProfileDraft['printer']['transport']): DraftProblem[] {
  if (transport?.kind !== 'tcp') return noPort(transport, 'printer')
  const port = brokenRule(PORT_NUMBER, transport.port)
  return [
    ...(transport.host.trim() === '' ? [{ at: 'printer.transport.host', rule: { key: 'rule.host' } as const }] : []),
    ...(port ? [{ at: 'printer.transport.port', rule: port }] : []),
  ]
}

function noPort(transport: { kind: string; path?: string } | null, at: string): DraftProblem[] {
  const isMissing = transport?.kind === 'serial' && transport.path?.trim() === ''
  return isMissing ? [{ at: `${at}.transport.path`, rule: { key: 'rule.port' } }] : []
}
