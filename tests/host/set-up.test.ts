/** What a technician does at a counter, against a real server, real files and real pseudo terminals. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { SerialPort } from 'serialport'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { DeskClient } from '#contract/desk-api.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { ROOT } from '#scripts/root.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'
import { hasPeers } from '#tests/support/peers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const NO_DEVICES = { displays: [], printer: null, voice: null, language: 'id' }
const TRIED = { kind: 'number', label: 'a-012', counterName: '3', blink: false } as const

function newPc() {
  const dataDir = tempFolder()
  const host = startTestHost({ dataDir })
  onTestFinished(() => host.stop())
  return { ...host, dataDir }
}

function display(path: string, driver = 'cd5220', params: object = {}) {
  return { driver, params, transport: { kind: 'serial', path } }
}

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

/** What the store knows of this device and its server beside where that is: token, ids, keys. */
function secretsIn(dataDir: string): string[] {
  const db = new Database(join(dataDir, 'loket.db'), { readonly: true })
  const rows = [...db.prepare('SELECT * FROM device').all(), ...db.prepare('SELECT * FROM slip_key').all()]
  db.close()
  const values = rows
    .flatMap((row) => Object.values(row as object))
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : String(value)))
  const secrets = values.filter((value) => value.length >= 20 && !value.startsWith('http'))
  expect(secrets.length).toBeGreaterThan(2)
  return secrets
}

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
    await vi.waitFor(() => expect(reader.shown()).toContain('TUTUP'))
    const trial = { display: display(cable.near, 'cd5220', { queueWord: 'NOMOR' }), show: TRIED }
    const outcome = await must(pc.client.invoke('devices.tryDisplay', trial))
    expect(outcome).toEqual({ code: null, detail: null, hints: ['HINT_LOOK_AT_IT'] })
    await vi.waitFor(() => expect(reader.shown()).toBe('NOMOR A-012\nLOKET 3'))
    const { lines } = await must(pc.client.invoke('devices.traffic', { after: 0 }))
    expect(lines.map(({ direction }) => direction)).toContain('sent')
    expect(lines.at(-1)).toMatchObject({ where: cable.near, hex: expect.stringMatching(/^1B 51 41 4E 4F 4D 4F 52 /) })
    await vi.waitFor(() => expect(reader.shown()).toContain('TUTUP'), { timeout: 8_000 })
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

/** The folder of the mall's own clips, which nobody makes but the mall. */
function ownClip(dataDir: string, name: string, bytes: Buffer | string): void {
  mkdirSync(join(dataDir, 'voice/id'), { recursive: true })
  writeFileSync(join(dataDir, 'voice', name), bytes)
}

describe('a voice', () => {
  const DRAFT = { zone: 'barat', volume: 35, chime: true, reading: 'number', languages: 'id', repeats: 3 }
  const BARAT = { id: 'barat', name: 'Barat', speakerId: 'penerima-1', counterIds: ['samsat-1', 'polres-1'] }
  const sample = (client: DeskClient, voice: Record<string, unknown>) =>
    must(client.invoke('devices.tryVoice', { voice }))
  const wordsOf = ({ announcement }: Awaited<ReturnType<typeof sample>>) => announcement.clips.map(({ name }) => name)

  test('is heard once as the draft wants it, at an invented counter before the PC is enrolled', async () => {
    const { client } = newPc()
    const heard = await sample(client, DRAFT)
    const number = ['id/nomor-antrean', 'id/huruf-a', 'id/dua', 'id/belas']
    expect(wordsOf(heard)).toEqual(['id/bel', ...number, 'id/silakan-menuju-loket', 'id/tiga'])
    expect(heard.announcement.volume).toBe(35)
    expect(heard.announcement.clips.every(({ isOptional }) => !isOptional)).toBe(true)
    expect(heard.clips.map(({ name }) => name)).toEqual(wordsOf(heard))
    for (const { name, data } of heard.clips) {
      expect(Buffer.from(data, 'base64')).toEqual(readFileSync(join(ROOT, 'voice', `${name}.opus`)))
    }
    const other = await sample(client, { zone: 'x', reading: 'digits', languages: 'id+en', chime: false })
    const digits = ['id/nomor-antrean', 'id/huruf-a', 'id/nol', 'id/satu', 'id/dua']
    const english = ['en/number', 'en/letter-a', 'en/zero', 'en/one', 'en/two', 'en/please-proceed-to-counter']
    expect(wordsOf(other)).toEqual([...digits, 'id/silakan-menuju-loket', 'id/tiga', ...english, 'en/three'])
    expect(other.announcement.volume).toBe(80)
  })

  test('names this counter, and the first one of its zone at a front desk', async () => {
    const mall = await openMall((config) => ({ ...config, zones: [BARAT] }))
    const counter = await signIn(mall, 'teknisi')
    expect(wordsOf(await sample(counter.client, DRAFT)).slice(-2)).toEqual(['id/dua', 'id/belas'])
    const front = await mall.desk('penerima-1', { officerId: 'teknisi' })
    expect(wordsOf(await sample(front.client, DRAFT)).slice(-1)).toEqual(['id/sepuluh'])
  })

  test('is that of the mall where it has recorded its own, but for a file that is no sound', async () => {
    const mall = await openMall()
    const { client, dataDir } = await signIn(mall, 'teknisi')
    ownClip(dataDir, 'id/belas.wav', 'RIFF....WAVE own')
    ownClip(dataDir, 'id/dua.wav', 'halo')
    ownClip(dataDir, 'id/agency-polres.ogg', 'OggS own')
    const { announcement, clips } = await sample(client, DRAFT)
    expect(announcement.clips.at(-1)).toMatchObject({ name: 'id/agency-polres', isOptional: true })
    const soundOf = (name: string) => Buffer.from(clips.find((clip) => clip.name === name)?.data ?? '', 'base64')
    expect(soundOf('id/belas').toString()).toBe('RIFF....WAVE own')
    expect(soundOf('id/agency-polres').toString()).toBe('OggS own')
    expect(soundOf('id/dua')).toEqual(readFileSync(join(ROOT, 'voice/id/dua.opus')))
    // "dua" is said twice and sent once.
    expect(clips.filter(({ name }) => name === 'id/dua')).toHaveLength(1)
  })

  test('leaves what this PC says and how it does so as it was', async () => {
    const { client, dataDir } = newPc()
    await must(client.invoke('devices.save', { profile: NO_DEVICES }))
    const before = readFileSync(join(dataDir, 'profile.json'), 'utf8')
    const offered: unknown[] = []
    client.subscribe('announcement', (value) => offered.push(value))
    await sample(client, DRAFT)
    expect(readFileSync(join(dataDir, 'profile.json'), 'utf8')).toBe(before)
    expect(offered.filter((value) => value !== null)).toEqual([])
  })

  test.each([
    ['no zone', { volume: 10 }, 'zone'],
    ['more than all of its volume', { zone: 'barat', volume: 101 }, 'volume'],
    ['a language that nobody recorded', { zone: 'barat', languages: 'jv' }, 'languages'],
  ])('with %s is refused with the place', async (_, voice, at) => {
    const answer = await newPc().client.invoke('devices.tryVoice', { voice })
    expect(answer).toEqual({ ok: false, code: 'PROFILE_WRONG', detail: { at, rule: expect.stringMatching(/./) } })
  })
})

describe('a counter moves to another PC', () => {
  test('with a file that holds no secret, and a one-time code', async () => {
    const mall = await openMall()
    const old = await mall.desk('polres-1', {
      officerId: 'teknisi',
      profile: { ...NO_DEVICES, printer: { width: 58, transport: { kind: 'panel' } } },
    })
    const { fileName, text } = await must(old.client.invoke('devices.export', {}))
    expect(fileName).toBe('loket-12.loket.json')
    for (const secret of secretsIn(old.dataDir)) expect(text).not.toContain(secret)
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([
      'exportedAt',
      'kind',
      'placeName',
      'profile',
      'role',
      'serverUrl',
      'version',
    ])

    const pc = newPc()
    const read = await must(pc.client.invoke('devices.readExport', { text }))
    expect(read).toMatchObject({
      serverUrl: mall.server.url,
      placeName: 'Loket 12',
      profile: { printer: { width: 58 } },
    })
    const { serverUrl, placeName: deviceName, profile } = read
    expect(Object.keys(read).sort()).toEqual(['placeName', 'profile', 'role', 'serverUrl'])
    const wrong = await pc.client.invoke('setup.enrol', { serverUrl, code: 'AAAA-AAAA', deviceName, profile })
    expect(wrong).toEqual({ ok: false, code: 'ENROLMENT_CODE_INVALID' })
    expect(await must(pc.client.invoke('devices.profile', {}))).toMatchObject({ profile: NO_DEVICES })
    const code = await mall.code('polres-1')
    await must(pc.client.invoke('setup.enrol', { serverUrl, code, deviceName, profile }))
    await pc.until(({ printer, device }) => printer.state === 'ready' && device !== null)
    expect(JSON.parse(readFileSync(join(pc.dataDir, 'profile.json'), 'utf8'))).toMatchObject({ printer: { width: 58 } })
  })

  test('a profile that cannot be written is said so: the PC is enrolled, with the devices that it had', async () => {
    const mall = await openMall()
    const pc = newPc()
    // A folder in the place of the file that is written first, whoever runs this.
    mkdirSync(join(pc.dataDir, 'profile.json.new', 'x'), { recursive: true })
    const answer = await pc.client.invoke('setup.enrol', {
      serverUrl: mall.server.url,
      code: await mall.code('polres-1'),
      deviceName: 'Loket 12',
      profile: { ...NO_DEVICES, printer: { width: 58, transport: { kind: 'panel' } } },
    })
    expect(answer).toEqual({ ok: false, code: 'PROFILE_NOT_SAVED' })
    const now = await pc.until(({ device }) => device !== null)
    expect(now.printer.state).toBe('absent')
  })

  test('a profile that does not hold costs no code', async () => {
    const mall = await openMall()
    const pc = newPc()
    const code = await mall.code('polres-1')
    const enrol = (profile: Record<string, unknown> | null) =>
      pc.client.invoke('setup.enrol', { serverUrl: mall.server.url, code, deviceName: 'Loket 1', profile })
    expect(await enrol({ displays: 'none' })).toMatchObject({ ok: false, code: 'PROFILE_WRONG' })
    await must(enrol(null))
  })

  test.each([
    ['something else', 'halo', 'EXPORT_UNREADABLE'],
    ['another JSON', '{"kind":"x"}', 'EXPORT_UNREADABLE'],
    ['a file of a newer Loket', '{"kind":"loket-desk","version":2}', 'EXPORT_NEWER'],
  ])('%s is refused', async (_, text, code) => {
    expect(await newPc().client.invoke('devices.readExport', { text })).toEqual({ ok: false, code })
  })

  test('a PC that is not enrolled has nothing to export', async () => {
    expect(await newPc().client.invoke('devices.export', {})).toEqual({ ok: false, code: 'NOT_ENROLLED' })
  })
})

describe('a printer', () => {
  test('prints a paper that says it is a test, and is free again after it', async () => {
    const network = await createNetworkPrinter()
    onTestFinished(() => network.close())
    const pc = newPc()
    const printer = { width: 58, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } }
    await must(pc.client.invoke('devices.save', { profile: { ...NO_DEVICES, printer } }))
    expect(await must(pc.client.invoke('devices.tryPrinter', { printer, paper: 'slip', papers: null }))).toEqual({
      kind: 'confirmed',
      code: null,
      detail: null,
      hints: [],
      paperLow: false,
    })
    const { lines } = readEscPos(Uint8Array.from(network.sheets.flatMap(({ printed }) => printed)))
    expect(lines[0]?.text).toBe('UJI CETAK')
    await pc.until((snapshot) => snapshot.printer.state === 'ready')
  })

  test('prints a draft of the templates on demand, marked as a test, and nothing of a wrong one', async () => {
    const network = await createNetworkPrinter()
    onTestFinished(() => network.close())
    const { client } = newPc()
    const printer = { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } }
    const wrong = { slip: [{ kind: 'number' }, { kind: 'nomor' }] }
    expect(await client.invoke('devices.tryPrinter', { printer, paper: 'slip', papers: wrong })).toMatchObject({
      ok: false,
      code: 'TEMPLATE_WRONG',
      detail: { at: 'papers.slip[1].kind', rule: expect.stringMatching(/./) },
    })
    expect(network.connections()).toBe(0)
    const words = { kind: 'text', text: { id: 'Parkir gratis' } }
    const papers = { slip: [{ kind: 'number' }, { kind: 'service' }, { kind: 'qr' }, words] }
    const printed = await must(client.invoke('devices.tryPrinter', { printer, paper: 'slip', papers }))
    expect(printed).toMatchObject({ kind: 'confirmed' })
    const lines = readEscPos(Uint8Array.from(network.sheets[0]?.printed ?? [])).lines.map(({ text }) => text)
    expect(lines[0]).toBe('UJI CETAK')
    expect(lines).toContain('Parkir gratis')
    expect(lines.join()).not.toContain('Mal Pelayanan Publik')
  })

  test('without paper, with an open cover, or that is not there is said so, with what to look at', async () => {
    const network = await createNetworkPrinter()
    onTestFinished(() => network.close())
    const { client } = newPc()
    const printer = { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } }
    const tried = () => must(client.invoke('devices.tryPrinter', { printer, paper: 'receipt', papers: null }))
    network.coverOpen = true
    expect(await tried()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_COVER_OPEN', hints: ['HINT_COVER'] })
    network.coverOpen = false
    network.paperLeft = 0
    expect(await tried()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_PAPER_OUT', hints: ['HINT_PAPER'] })
    await network.switchOff()
    expect(await tried()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_REFUSED', hints: ['HINT_NETWORK'] })
  })

  test('is previewed with the mall’s templates or a draft of others, whose faults are named', async () => {
    const { client } = newPc()
    const preview = (papers: Record<string, unknown> | null) =>
      must(client.invoke('devices.previewPaper', { width: 80, paper: 'slip', papers }))
    const usual = await preview(null)
    expect(usual).toMatchObject({ problems: [], warnings: [] })
    expect(usual.picture?.lines.map(({ text }) => text)).toContain('NOMOR ANTREAN')
    const blocks = [{ kind: 'number' }, { kind: 'service' }, { kind: 'qr' }]
    const odd = await preview({ slip: [...blocks, { kind: 'text', text: { id: 'Selamat datang 欢迎' } }] })
    expect(odd.problems).toEqual([])
    expect(odd.warnings).toMatchObject([{ at: 'papers.slip[3].text.id' }])
    const wrong = await preview({ slip: [{ kind: 'number' }] })
    expect(wrong.picture).toBeNull()
    expect(wrong.problems[0]).toMatchObject({ at: expect.stringContaining('papers.slip') })
    const big = await preview({ logo: `data:image/png;base64,${'A'.repeat(400_000)}` })
    expect(big).toMatchObject({ picture: null, problems: [{ at: 'papers.logo' }] })
  })
})

test('slips that wait for a printer that is taken away do not come out of the next one', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1', {
    profile: { ...NO_DEVICES, printer: { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: 9 } } },
  })
  const visit = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  await must(front.client.invoke('visit.issue', visit))
  await front.until(({ printAttention }) => printAttention.some(({ state }) => state === 'queued'))
  await must(front.client.invoke('session.signOut', {}))
  await must(front.client.invoke('session.signIn', { officerId: 'penyelia-mal', pin: '428016' }))
  await must(front.client.invoke('devices.save', { profile: NO_DEVICES }))
  await front.until(({ printAttention }) => printAttention.every(({ code }) => code === 'PRINTER_REMOVED'))
  const network = await createNetworkPrinter()
  onTestFinished(() => network.close())
  const transport = { kind: 'tcp', host: '127.0.0.1', port: network.port }
  await must(front.client.invoke('devices.save', { profile: { ...NO_DEVICES, printer: { width: 80, transport } } }))
  await front.until(({ printer }) => printer.state === 'ready')
  await must(
    front.client.invoke('devices.tryPrinter', { printer: { width: 80, transport }, paper: 'slip', papers: null }),
  )
  expect(network.sheets.filter(({ printed }) => printed.length > 0)).toHaveLength(1)
})
