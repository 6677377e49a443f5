/** Who may set up devices, and what becomes of a profile that is saved. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DeskClient } from '#contract/desk-api.ts'
import { display, NO_DEVICES, newPc } from '#tests/host/set-up/new-pc.ts'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'

const TRIED = { kind: 'number', label: 'a-012', counterName: '3', blink: false } as const

async function signIn(mall: Mall, officerId: string) {
  return mall.desk('polres-1', { officerId })
}

const everyQuestion = (client: DeskClient) => [
  client.invoke('devices.list', {}),
  client.invoke('devices.drivers', {}),
  client.invoke('devices.profile', {}),
  client.invoke('devices.save', { profile: NO_DEVICES }),
  client.invoke('devices.previewDisplay', { display: display('COM3'), show: TRIED }),
  client.invoke('devices.tryDisplay', { display: display('/dev/loket-none'), show: TRIED }),
  client.invoke('devices.traffic', { after: 0 }),
  client.invoke('devices.previewPaper', { width: 80, paper: 'slip', papers: null }),
  client.invoke('devices.tryPrinter', {
    printer: { width: 80, transport: { kind: 'panel' } },
    paper: 'slip',
    papers: null,
  }),
  client.invoke('devices.tryVoice', { voice: { zone: 'barat' } }),
  client.invoke('devices.export', {}),
  client.invoke('devices.readExport', { text: '{}' }),
]

describe('who may set up devices', () => {
  test('on a PC that is not enrolled, anybody', async () => {
    const codes = (await Promise.all(everyQuestion(newPc().client))).map((answer) => (answer.ok ? null : answer.code))
    expect(codes.filter((code) => code === 'NOT_SIGNED_IN' || code === 'ROLE_MISSING')).toEqual([])
  })

  test('on an enrolled one a technician or supervisor, and no officer', async () => {
    const mall = await openMall()
    const officer = await signIn(mall, 'petugas-polres-1')
    for (const answer of await Promise.all(everyQuestion(officer.client))) {
      expect(answer).toEqual({ ok: false, code: 'ROLE_MISSING' })
    }
    await must(officer.client.invoke('session.signOut', {}))
    for (const answer of await Promise.all(everyQuestion(officer.client))) {
      expect(answer).toEqual({ ok: false, code: 'NOT_SIGNED_IN' })
    }
    const technician = await signIn(mall, 'teknisi')
    expect(await technician.client.invoke('devices.profile', {})).toMatchObject({ ok: true })
    expect(await technician.client.invoke('queue.callNext', { commandId: commandId() })).toEqual({
      ok: false,
      code: 'ROLE_MISSING',
    })
    const supervisor = await signIn(mall, 'penyelia-mal')
    expect(await supervisor.client.invoke('devices.profile', {})).toMatchObject({ ok: true })
  })
})

describe('a profile', () => {
  test('that is saved is in the file and in force at once', async () => {
    const pc = newPc()
    const printer = { width: 58, transport: { kind: 'panel' } }
    await must(pc.client.invoke('devices.save', { profile: { ...NO_DEVICES, printer } }))
    expect(JSON.parse(readFileSync(join(pc.dataDir, 'profile.json'), 'utf8'))).toMatchObject({ printer })
    expect(await must(pc.client.invoke('devices.profile', {}))).toMatchObject({ profile: { printer } })
    await pc.until(({ printer, led }) => printer.state === 'ready' && led.state === 'absent')
    await must(pc.client.invoke('devices.save', { profile: { ...NO_DEVICES, displays: [display('/dev/loket-none')] } }))
    const now = await pc.until(({ printer, led }) => printer.state === 'absent' && led.state === 'failed')
    expect(now.led).toMatchObject({ code: 'LED_PORT_MISSING', where: '/dev/loket-none' })
  })

  test('that does not hold is refused with its place and rule, and nothing changes', async () => {
    const pc = newPc()
    await must(pc.client.invoke('devices.save', { profile: NO_DEVICES }))
    const before = readFileSync(join(pc.dataDir, 'profile.json'), 'utf8')
    const refused = await pc.client.invoke('devices.save', {
      profile: { ...NO_DEVICES, displays: [display('COM3', 'cd5220', { brightness: 9 })] },
    })
    expect(refused).toMatchObject({
      ok: false,
      code: 'PROFILE_WRONG',
      detail: { at: 'displays.0.params.brightness', rule: expect.stringMatching(/./) },
    })
    expect(readFileSync(join(pc.dataDir, 'profile.json'), 'utf8')).toBe(before)
  })

  test('that cannot be written is said so, and the old one stays in force', async () => {
    const pc = newPc()
    // A folder in the place of the file that is written first, whoever runs this.
    writeFileSync(join(pc.dataDir, 'profile.json'), JSON.stringify(NO_DEVICES))
    mkdirSync(join(pc.dataDir, 'profile.json.new', 'x'), { recursive: true })
    const answer = await pc.client.invoke('devices.save', { profile: { ...NO_DEVICES, language: 'en' } })
    expect(answer).toEqual({ ok: false, code: 'PROFILE_NOT_SAVED' })
    expect(await must(pc.client.invoke('devices.profile', {}))).toMatchObject({ profile: { language: 'id' } })
  })
})
