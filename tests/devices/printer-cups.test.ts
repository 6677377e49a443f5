import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createCupsTransport } from '#main/host/devices/printer/transport-cups.ts'
import { slip } from '#tests/devices/samples.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const JOB = renderDocument(slip, 80)
const attendance = { tell: () => {}, closing: new AbortController().signal }

/** A program with lp's way of ending: `script` decides; $got is where a job's bytes can be left. */
function lpThat(script: string) {
  const folder = tempFolder()
  const [command, got, args] = ['lp', 'got', 'args'].map((name) => join(folder, name)) as [string, string, string]
  writeFileSync(command, `#!/bin/sh\ngot='${got}'\necho "$LC_ALL $@" > '${args}'\n${script}\n`, { mode: 0o755 })
  const send = (bytes: Uint8Array = JOB, deadlineMs = 5000) =>
    createCupsTransport({ queue: 'STRUK', deadlineMs, command }).send(bytes, attendance)
  return {
    send,
    got: () => (existsSync(got) ? readFileSync(got) : null),
    args: () => readFileSync(args, 'utf8').trim(),
  }
}

describe('a job to CUPS', () => {
  test('is handed over raw and whole when CUPS gives it a number', async () => {
    const lp = lpThat('cat > "$got"; echo "request id is STRUK-12 (0 file(s))"')
    expect(await lp.send()).toEqual({ kind: 'handed_over' })
    expect(lp.got()).toEqual(Buffer.from(JOB))
    expect(lp.args()).toBe('C -d STRUK -o raw -t Loket')
  })

  test.each([
    ['lp: The printer or class does not exist.', 'PRINTER_SETUP_WRONG'],
    ['lp: Destination "STRUK" is not accepting jobs.', 'PRINTER_REFUSED'],
    ['lp: Error - scheduler not responding.', 'PRINTER_UNREACHABLE'],
  ])('that lp refuses with "%s" is not sent', async (words, code) => {
    const outcome = await lpThat(`cat > /dev/null; echo '${words}' >&2; exit 1`).send()
    expect(outcome).toEqual({ kind: 'not_sent', code, detail: words })
  })

  test('that lp refuses before it has read everything is not sent', async () => {
    const lp = lpThat("echo 'lp: The printer or class does not exist.' >&2; exit 1")
    expect(await lp.send(Buffer.alloc(2_000_000))).toMatchObject({ kind: 'not_sent', code: 'PRINTER_SETUP_WRONG' })
  })

  test('is not sent when there is no lp', async () => {
    const outcome = await createCupsTransport({ queue: 'STRUK', deadlineMs: 1000, command: '/no/such/lp' }).send(
      JOB,
      attendance,
    )
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_SETUP_WRONG' })
  })

  test.each([
    [
      'could not queue everything',
      'cat > /dev/null; echo "lp: Error - unable to queue from stdin - Forbidden." >&2; exit 1',
      'PRINTER_CUT_OFF',
    ],
    ['ends with words that nobody knows', 'cat > /dev/null; echo odd >&2; exit 1', 'PRINTER_CUT_OFF'],
    ['ends well but names no job', 'cat > /dev/null; echo fine', 'PRINTER_CUT_OFF'],
    ['is killed', 'kill -9 $$', 'PRINTER_CUT_OFF'],
  ])('is unknown when lp %s', async (_, script, code) => {
    expect(await lpThat(script).send()).toMatchObject({ kind: 'unknown', code })
  })

  test('is unknown when lp does not end in time', async () => {
    const started = performance.now()
    const outcome = await lpThat('exec sleep 20').send(JOB, 200)
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('a set-up', () => {
  const parse = (transport: unknown) => PrinterProfile.safeParse({ width: 58, transport })

  test('names a queue, never an option of lp', () => {
    expect(parse({ kind: 'cups', queue: 'STRUK_loket-3' }).success).toBe(true)
    for (const queue of ['-h evil', '--help', '', 'a b', 'a/b'])
      expect(parse({ kind: 'cups', queue }).success).toBe(false)
  })

  test('names a device file under /dev only', () => {
    expect(parse({ kind: 'file', path: '/dev/usb/lp0' }).success).toBe(true)
    expect(parse({ kind: 'file', path: '/home/loket/lp0' }).success).toBe(false)
  })

  test('written before a transport had more settings is still valid', () => {
    const tcp = { kind: 'tcp', host: '192.168.1.50', port: 9100 }
    expect(parse(tcp).data?.transport).toEqual({ ...tcp, status: 'ask' })
    expect(parse({ kind: 'serial', path: 'COM4' }).data?.transport).toEqual({
      kind: 'serial',
      path: 'COM4',
      settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
      flow: 'none',
      status: 'ask',
    })
  })
})
