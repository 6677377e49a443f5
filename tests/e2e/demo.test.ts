/** npm run demo as a person runs it: over pseudo terminals where socat is, over serialport's mock where it is not. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { ROOT } from '#scripts/root.ts'
import { hasPeers } from '#tests/support/peers.ts'

type Report = {
  ok: boolean
  serial: string
  led: { counter: string; driver: string; hex: string; shown: string }[]
  prints: { kind: string; base64: string }[]
  events: { written: number; acked: number }
  chains: { device: string; ok: boolean; head: string }[]
  server: { events: number; visits: number; entries: number }
  steps: { name: string; ms: number }[]
}

/** Real programs, and a forward that waits for its eight seconds. */
const LONG = { timeout: 90_000 }

/** Rejects when the demo exits with anything but 0. */
async function demo(path: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/demo.ts'), '--json'], {
    env: { ...process.env, PATH: path },
    maxBuffer: 10_000_000,
  })
  return JSON.parse(stdout) as Report
}

function expectWholeVisit(report: Report): void {
  expect(report).toMatchObject({ ok: true, server: { visits: 1, entries: 2 } })
  expect(report.led.map(({ counter, driver }) => [counter, driver])).toEqual([
    ['polres-1', 'cd5220'],
    ['disdukcapil-1', 'modbus-rtu'],
  ])
  expect(report.led[0]?.shown).toContain('P-001')
  expect(report.led[1]?.shown).toContain('P001')
  expect(report.prints.map(({ kind }) => kind)).toEqual(['slip', 'receipt', 'receipt'])
  for (const { base64 } of report.prints) {
    expect(readEscPos(Buffer.from(base64, 'base64')).lines.some((line) => line.text.includes('P-001'))).toBe(true)
  }
  expect(report.events.acked).toBe(report.events.written)
  expect(report.server.events).toBe(report.events.written)
  expect(report.chains.filter((chain) => chain.ok && /^[0-9a-f]{64}$/.test(chain.head))).toHaveLength(3)
  expect(report.steps.length).toBeGreaterThan(8)
}

it.skipIf(!hasPeers('socat'))(
  'plays the lost-KTP visit with displays at the far end of a real serial line',
  LONG,
  async () => {
    const report = await demo(process.env.PATH ?? '')
    expect(report.serial).toBe('pty')
    expectWholeVisit(report)
  },
)

it('plays the same visit over the mock where socat is not installed, and says so', LONG, async () => {
  const report = await demo('/nonexistent')
  expect(report.serial).toBe('mock')
  expectWholeVisit(report)
})
