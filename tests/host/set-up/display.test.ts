import { SerialPort } from 'serialport'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { display, NO_DEVICES, newPc } from '#tests/host/set-up/new-pc.ts'
import { eventually } from '#tests/support/eventually.ts'
import { must } from '#tests/support/mall.ts'
import { hasPeers } from '#tests/support/peers.ts'

const TRIED = { kind: 'number', label: 'a-012', counterName: '3', blink: false } as const

/** The far end of a cable with a display of that driver on it. */
async function displayOn(cable: PtyCable, driver: 'cd5220' | 'modbus-rtu' = 'cd5220') {
  await cable.plugIn()
  const far = new SerialPort({ path: cable.far, baudRate: 9600 })
  const reader = createDisplayReader(driver, {})
  far.on('data', (bytes: Buffer) => reader.feed(bytes))
  await new Promise((resolve) => far.once('open', resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => (far.isOpen ? far.close(resolve) : resolve(null)))
    await cable.remove()
  })
  return { reader, far }
}

describe('a display', () => {
  test('is previewed without a cable: what it shows, and the bytes', async () => {
    const { client } = newPc()
    const preview = await must(
      client.invoke('devices.previewDisplay', { display: display('COM3'), show: { ...TRIED, label: 'A012' } }),
    )
    expect(preview).toMatchObject({ showsPrefix: true, shown: 'ANTREAN A-012\nLOKET 3' })
    expect(preview.state.join(' ')).toMatch(/^1B 51 41 /)
    const digits = display('COM3', 'stx-ascii')
    expect(await must(client.invoke('devices.previewDisplay', { display: digits, show: TRIED }))).toMatchObject({
      showsPrefix: false,
    })
    expect(
      await client.invoke('devices.previewDisplay', { display: display('COM3'), show: { ...TRIED, label: 'DUA' } }),
    ).toEqual({ ok: false, code: 'LABEL_UNREADABLE' })
  })

  test.each([
    ['an unknown word in a template', display('COM3', 'template', { show: '{nomor}' }), 'params'],
    ['an impossible parameter', display('COM3', 'modbus-rtu', { unit: 0 }), 'params.unit'],
    ['an unknown driver', display('COM3', 'tidak-ada'), 'driver'],
    ['a port without a name', display(''), 'transport.path'],
  ])('with %s is refused with the place', async (_, wrong, at) => {
    const { client } = newPc()
    for (const method of ['devices.previewDisplay', 'devices.tryDisplay'] as const) {
      const answer = await client.invoke(method, { display: wrong, show: TRIED })
      expect(answer).toMatchObject({ ok: false, code: 'PROFILE_WRONG' })
      expect(String(answer.ok ? '' : answer.detail?.at)).toContain(at)
    }
  })

  test.skipIf(!hasPeers('socat'))('is tried on its cable, and shows the desk’s own state again after it', async () => {
    const cable = createPtyCable()
    const { reader } = await displayOn(cable)
    const pc = newPc()
    await must(pc.client.invoke('devices.save', { profile: { ...NO_DEVICES, displays: [display(cable.near)] } }))
    await eventually(() => expect(reader.shown()).toContain('TUTUP'))
    const trial = { display: display(cable.near, 'cd5220', { queueWord: 'NOMOR' }), show: TRIED }
    const outcome = await must(pc.client.invoke('devices.tryDisplay', trial))
    expect(outcome).toEqual({ code: null, detail: null, hints: ['HINT_LOOK_AT_IT'] })
    await eventually(() => expect(reader.shown()).toBe('NOMOR A-012\nLOKET 3'))
    const { lines } = await must(pc.client.invoke('devices.traffic', { after: 0 }))
    expect(lines.map(({ direction }) => direction)).toContain('sent')
    expect(lines.at(-1)).toMatchObject({ where: cable.near, hex: expect.stringMatching(/^1B 51 41 4E 4F 4D 4F 52 /) })
    await eventually(() => expect(reader.shown()).toContain('TUTUP'))
  })

  test.skipIf(!hasPeers('socat'))('that answers garbage is told apart from one that says nothing', async () => {
    const cable = createPtyCable()
    const { far } = await displayOn(cable)
    const { client } = newPc()
    const show = '{prefix}{number}\\r'
    const trial = {
      display: display(cable.near, 'template', { show, message: '', clear: 'C', reply: '\\x06', replyTimeoutMs: 300 }),
      show: TRIED,
    }
    expect(await must(client.invoke('devices.tryDisplay', trial))).toMatchObject({
      code: 'LED_NO_REPLY',
      hints: ['HINT_SWAP_LINES', 'HINT_BAUD', 'HINT_ADDRESS', 'HINT_POWER', 'HINT_NO_ANSWER_WANTED'],
    })
    far.on('data', () => far.write(Buffer.from([0xf8, 0x80])))
    expect(await must(client.invoke('devices.tryDisplay', trial))).toMatchObject({
      code: 'LED_NO_REPLY',
      hints: ['HINT_BAUD', 'HINT_ADDRESS'],
    })
    const { lines } = await must(client.invoke('devices.traffic', { after: 0 }))
    expect(lines.filter(({ direction }) => direction === 'heard').map(({ hex }) => hex)).toContain('F8 80')
  })

  test('whose port is missing is said so, with what to look at; two tries do not meet', async () => {
    const { client } = newPc()
    const trial = { display: display('/dev/loket-none'), show: TRIED }
    const [first, second] = await Promise.all([
      client.invoke('devices.tryDisplay', trial),
      client.invoke('devices.tryDisplay', trial),
    ])
    expect(first).toMatchObject({ ok: true, data: { code: 'LED_PORT_MISSING', hints: ['HINT_CABLE'] } })
    expect(second).toEqual({ ok: false, code: 'TRY_RUNNING' })
  })
})
