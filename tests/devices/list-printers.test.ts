import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listPrinters } from '#main/host/devices/printer/list-printers.ts'
import { createDeadline } from '#main/host/devices/printer/windows/deadline.ts'
import { createSpoolerDouble, never, refusal } from '#tests/devices/spooler-double.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

function onLinux(script: string, devices: string[] = []) {
  const folder = tempFolder()
  const lpstat = join(folder, 'lpstat')
  writeFileSync(lpstat, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  for (const device of devices) writeFileSync(join(folder, device), '')
  return listPrinters({ platform: 'linux', lpstat, usbFolder: folder, deadlineMs: 2000 })
}

const said = (...lines: string[]) => `cat <<'END'\n${lines.join('\n')}\nEND`

function onWindows(
  winspool: Partial<ReturnType<typeof createSpoolerDouble>['winspool']>,
  deadlineMs = 2000,
  within = createDeadline(),
) {
  const load = async () => ({ ...createSpoolerDouble().winspool, ...winspool })
  return listPrinters({ platform: 'win32', spooler: { load, within }, deadlineMs })
}

describe('on Linux', () => {
  test('the queues of CUPS come with port and default, the printers on a USB cable by their device', async () => {
    const list = await onLinux(
      said(
        'scheduler is running',
        'KELAS',
        'STRUK',
        'device for KELAS: ///dev/null',
        'device for STRUK: socket://10.0.0.5',
        'system default destination: STRUK',
      ),
      ['lp0', 'lp1', 'hiddev0'],
    )
    expect(list.problems).toEqual([])
    expect(list.printers.map(({ name, port, isDefault }) => [name, port, isDefault])).toEqual([
      ['KELAS', '///dev/null', false],
      ['STRUK', 'socket://10.0.0.5', true],
      [expect.stringMatching(/lp0$/), expect.stringMatching(/lp0$/), false],
      [expect.stringMatching(/lp1$/), expect.stringMatching(/lp1$/), false],
    ])
    const [, struk, usb] = list.printers
    expect(struk).toMatchObject({ transport: { kind: 'cups', queue: 'STRUK' }, problem: null })
    expect(usb?.transport).toEqual({ kind: 'file', path: usb?.name })
  })

  test('no queue is no problem', async () => {
    const list = await onLinux(`${said('scheduler is running')}; echo 'no system default destination' >&2; exit 1`)
    expect(list).toEqual({ printers: [], problems: [] })
  })

  test('two queues of one name, or a name that no set-up can hold, may not be chosen', async () => {
    const { printers } = await onLinux(said('scheduler is running', 'STRUK', 'struk', 'STRUK/kecil'))
    expect(printers.map(({ name, alike, problem }) => [name, alike, problem?.detail])).toEqual([
      ['STRUK', ['struk'], expect.stringContaining('several printers')],
      ['struk', ['STRUK'], expect.stringContaining('several printers')],
      ['STRUK/kecil', [], expect.stringContaining('rename the printer')],
    ])
  })

  test.each([
    ['is stopped', 'echo "scheduler is not running"; exit 1', 'PRINTER_UNREACHABLE'],
    ['does not end', 'exec sleep 20', 'PRINTER_TIMEOUT'],
  ])('CUPS that %s is a problem, not an exception', async (_, script, code) => {
    expect(await onLinux(script)).toMatchObject({ printers: [], problems: [{ code }] })
  })

  test('CUPS that is not installed is a problem', async () => {
    const list = await listPrinters({ platform: 'linux', lpstat: '/no/such/lpstat', usbFolder: '/no/such' })
    expect(list).toMatchObject({ printers: [], problems: [{ code: 'PRINTER_SETUP_WRONG' }] })
  })
})

describe('on Windows', () => {
  test('local printers and connections come by their whole names, each naming the one it may be taken for', async () => {
    const list = await onWindows({
      list: async () => [
        { name: 'STRUK', driver: 'Generic / Text Only', port: 'USB001' },
        { name: '\\\\server\\Struk', driver: null, port: null },
      ],
      defaultPrinter: async () => 'STRUK',
    })
    const [local, remote] = list.printers
    expect(local).toEqual({
      transport: { kind: 'spooler', queue: 'STRUK' },
      name: 'STRUK',
      driver: 'Generic / Text Only',
      port: 'USB001',
      isDefault: true,
      alike: ['\\\\server\\Struk'],
      problem: null,
    })
    expect(remote).toMatchObject({ name: '\\\\server\\Struk', isDefault: false, alike: ['STRUK'], problem: null })
  })

  test('a spooler that refuses or is silent is a problem, not an exception', async () => {
    const refused = await onWindows({ list: async () => Promise.reject(refusal('EnumPrintersW', 1722)) })
    expect(refused).toMatchObject({ printers: [], problems: [{ code: 'PRINTER_UNREACHABLE' }] })
    let answer = (_: null) => {}
    const answered = new Promise<null>((resolve) => {
      answer = resolve
    })
    const within = createDeadline()
    const silent = await onWindows({ defaultPrinter: () => answered }, 30, within)
    expect(silent).toMatchObject({ printers: [], problems: [{ code: 'PRINTER_TIMEOUT' }] })
    const meanwhile = await onWindows({ list: never }, 2000, within)
    expect(meanwhile.problems[0]?.detail).toContain('an earlier call')
    answer(null)
    await expect.poll(async () => (await onWindows({}, 2000, within)).problems).toEqual([])
  })

  test('on another system there is no spooler, and that is said', async () => {
    expect(await listPrinters({ platform: 'win32' })).toMatchObject({
      problems: [{ code: 'PRINTER_SETUP_WRONG', detail: expect.stringContaining('on Windows only') }],
    })
  })
})
