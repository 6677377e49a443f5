import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createIntl } from 'react-intl'
import { describe, expect, test } from 'vitest'
import { ALL_ERROR_CODES, METHODS } from '#contract/desk-api.ts'
import {
  CancelReason,
  HoldReason,
  Outcome,
  OutOfOrderReason,
  PauseReason,
  RankReason,
  TransferPlace,
  TurnRule,
  VisitCancelReason,
} from '#contract/events.ts'
import { OfficerRole, PriorityGroup } from '#contract/mall-config.ts'
import { Hint, PrinterView, TrafficLine } from '#contract/methods/devices.ts'
import { SHELL_METHODS } from '#contract/shell-api.ts'
import { ShortcutScope } from '#contract/shortcuts.ts'
import { AsideRow, Connection, DeviceState, PrintAttention, SlipView, Why } from '#contract/snapshot.ts'
import { FindingCode } from '#contract/wire/finding.ts'
import type { DeviceFailure, DeviceHint } from '#main/host/ports.ts'
import type { HostFailureCode } from '#main/shell/host-protocol.ts'
import { ACTS } from '#renderer/desk/acts.ts'
import type { RowActName } from '#renderer/desk/row-acts.ts'
import en from '#renderer/messages/en.json' with { type: 'json' }
import id from '#renderer/messages/id.json' with { type: 'json' }
import { SCAN_REFUSALS } from '#renderer/scanner/scan-refusal.tsx'
import { ROOT } from '#scripts/root.ts'

/** As records, so that the compiler misses a new code here. */
const HOST_FAILURES: Record<HostFailureCode, true> = {
  STORE_BROKEN: true,
  STORE_FOREIGN: true,
  STORE_NEWER: true,
  STORE_READ_ONLY: true,
  STORE_FULL: true,
  STORE_IN_USE: true,
  PROFILE_INVALID: true,
  ENGINE_LOAD_FAILED: true,
  ENGINE_CRASHED: true,
  ENGINE_TIMEOUT: true,
}
const DEVICE_FAILURES: Record<DeviceFailure | DeviceHint | 'PRINT_RENDER_FAILED' | 'PRINTER_REMOVED', true> = {
  LED_PORT_MISSING: true,
  LED_PORT_BUSY: true,
  LED_PORT_AMBIGUOUS: true,
  LED_WRITE_FAILED: true,
  LED_SILENT: true,
  LED_NO_REPLY: true,
  LED_CANNOT_SHOW: true,
  PRINTER_UNREACHABLE: true,
  PRINTER_REFUSED: true,
  PRINTER_CUT_OFF: true,
  PRINTER_TIMEOUT: true,
  PRINTER_PAPER_OUT: true,
  PRINTER_COVER_OPEN: true,
  PRINTER_OFFLINE: true,
  PRINTER_PORT_BUSY: true,
  PRINTER_PORT_AMBIGUOUS: true,
  PRINTER_SETUP_WRONG: true,
  PRINTER_PAPER_LOW: true,
  PRINT_RENDER_FAILED: true,
  PRINTER_REMOVED: true,
  VOICE_ZONE_UNKNOWN: true,
  VOICE_NOT_SPEAKER: true,
  VOICE_UNHEARD: true,
  VOICE_SILENT: true,
  VOICE_NO_SOUND: true,
  VOICE_CROWDED: true,
  VOICE_ELSEWHERE: true,
  VOICE_CLIP_BROKEN: true,
  VOICE_CLIP_TOO_LARGE: true,
}
/** A lost network needs no words beyond the badge's. */
const OFFLINE_REASONS = Connection.options[1].shape.reason.options.filter((reason) => reason !== 'UNREACHABLE')

const ALL_CODES = new Set([
  ...ALL_ERROR_CODES,
  ...Object.values(SHELL_METHODS).flatMap(({ errors }) => errors),
  ...Object.keys(HOST_FAILURES),
  ...Object.keys(DEVICE_FAILURES),
  ...OFFLINE_REASONS,
  ...SCAN_REFUSALS,
])

const ROW_ACTS: Record<RowActName, true> = {
  callBack: true,
  callTicket: true,
  cancel: true,
  note: true,
  release: true,
  resume: true,
}

const STATES = ['called', 'serving']
const TONES = ['calm', 'near', 'over']
const DEVICE_STATES = DeviceState.shape.state.options.filter((state) => state !== 'absent')

/** Keys put together in code, such as `error.${code}`, with every ending that can occur. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  error: [...ALL_CODES],
  todo: [...ALL_CODES],
  act: Object.keys(ACTS),
  rowAct: Object.keys(ROW_ACTS),
  undone: ['forward', 'transfer', 'release'],
  holdReason: HoldReason.options,
  outOfOrder: OutOfOrderReason.options,
  place: RankReason.options,
  'transfer.place': ['end', ...TransferPlace.options],
  'why.place': Why.shape.place.options,
  'why.turn': TurnRule.options,
  cancelReason: CancelReason.options,
  pauseReason: PauseReason.options,
  closeAside: AsideRow.shape.status.options,
  closeFate: ['stay', 'return', 'cancel'],
  returnTo: ['place', 'end'],
  issueHere: ['words', 'confirm'],
  quickServe: ['words', 'confirm'],
  announce: STATES,
  status: STATES,
  serving: TONES,
  waiting: TONES.slice(1),
  outcome: Outcome.options,
  priority: PriorityGroup.options,
  role: OfficerRole.options,
  today: ['called', 'completed', 'forwarded', 'noShow'],
  led: DEVICE_STATES,
  printer: DEVICE_STATES,
  voice: DEVICE_STATES,
  finding: FindingCode.options,
  print: PrintAttention.shape.document.options,
  hint: Hint.options,
  section: ['displays', 'printer', 'voice', 'move'],
  port: ['fresh', 'gone'],
  parity: ['none', 'even', 'odd'],
  try: ['number', 'idle', 'paused', 'closed'],
  traffic: TrafficLine.shape.direction.options,
  printerKind: PrinterView.shape.kind.options,
  printTry: METHODS['devices.tryPrinter'].output.shape.kind.options,
  flow: ['none', 'rts-cts', 'xon-xoff'],
  language: ['id', 'en'],
  paper: METHODS['devices.previewPaper'].input.shape.paper.options,
  reading: ['number', 'digits'],
  slip: ['none', ...SlipView.shape.state.options],
  cancelNumber: VisitCancelReason.options,
  front: ['issued', 'cancelling', 'cancelled'],
  bar: STATES,
  shortcuts: ShortcutScope.options,
}
const built = Object.entries(FAMILIES).flatMap(([family, endings]) => endings.map((ending) => `${family}.${ending}`))

/** Dotted names of the contract, which occur in the sources, too. */
const NOT_MESSAGES = new Set([...Object.keys(METHODS), ...Object.keys(SHELL_METHODS)])

const sources = readdirSync(join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(join(ROOT, 'renderer', path), 'utf8'))

describe('the message catalogues', () => {
  test('were read together with the sources that use them', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(Object.keys(id).length).toBeGreaterThan(100)
  })

  test('have the same keys in Indonesian and in English', () => {
    expect(Object.keys(en)).toEqual(Object.keys(id))
  })

  test('know every key that the screens name or build', () => {
    const dotted = sources.flatMap((source) =>
      [...source.matchAll(/'([a-z][A-Za-z]*\.[A-Za-z_]+)'/g)].map(([, key]) => key),
    )
    const named = dotted.filter((key) => key && !NOT_MESSAGES.has(key) && !key.startsWith('loket.'))
    expect(named.length).toBeGreaterThan(100)
    expect([...named, ...built].filter((key) => !(key && key in id))).toEqual([])
  })

  test('hold no key that no screen uses', () => {
    const everything = sources.join('\n')
    expect(Object.keys(id).filter((key) => !built.includes(key) && !everything.includes(`'${key}'`))).toEqual([])
  })

  test.each([...ALL_CODES])('say in both languages what happened at %s and what to do', (code) => {
    for (const catalogue of [id, en] as Record<string, string>[]) {
      expect(catalogue[`error.${code}`]).toMatch(/\.$/)
      expect(catalogue[`todo.${code}`]).toMatch(/[.}]$/)
    }
  })

  test('explain no code that nobody sends', () => {
    const explained = Object.keys(id).flatMap((key) => (key.startsWith('error.') ? [key.slice('error.'.length)] : []))
    expect(explained.filter((code) => !ALL_CODES.has(code))).toEqual([])
  })

  test.each([
    ['id-ID', id],
    ['en-GB', en],
  ])('are sound ICU messages in %s', (locale, messages: Record<string, string>) => {
    const failures: string[] = []
    const intl = createIntl({ locale, messages, onError: (error) => failures.push(error.message) })
    for (const [key, message] of Object.entries(messages)) {
      const values = Object.fromEntries(argumentsOf(message).map((name) => [name, 2]))
      expect(intl.formatMessage({ id: key }, values)).not.toBe('')
    }
    expect(failures).toEqual([])
  })

  test('take the same values in both languages', () => {
    for (const key of Object.keys(id) as (keyof typeof id)[]) expect(argumentsOf(en[key])).toEqual(argumentsOf(id[key]))
  })
})

function argumentsOf(message: string): string[] {
  return [...new Set([...message.matchAll(/(?<!=\d |one |other )\{(\w+)[,}]/g)].map((match) => match[1] ?? ''))].sort()
}
