/** The technician's command line as a real process, on real pseudo terminals and sockets. */
import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { runDevices } from '#main/host/set-up/command-line/run-devices.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { eventually } from '#tests/support/eventually.ts'
import { hasPeers } from '#tests/support/peers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const ENTRY = join(import.meta.dirname, '../../main/host/devices-main.ts')

function devices(...words: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, ...words], { timeout: 30_000 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out: out + err })
    })
  })
}

async function cableWithFarEnd() {
  const cable = createPtyCable()
  await cable.plugIn()
  const far = new SerialPort({ path: cable.far, baudRate: 9600 })
  await new Promise((resolve) => far.once('open', resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => (far.isOpen ? far.close(resolve) : resolve(null)))
    await cable.remove()
  })
  return { cable, far }
}

/** The same in this process. */
async function asked(...words: string[]): Promise<{ code: number; out: string }> {
  const lines: string[] = []
  const terminal = { out: (line: string) => void lines.push(line), signal: new AbortController().signal }
  const code = await runDevices(words, null, terminal)
  return { code, out: lines.map((line) => `${line}\n`).join('') }
}

describe('devices', () => {
  test.each([
    [[], 'Sebutkan perintahnya.'],
    [['print'], 'Perintah tidak dikenal: print'],
    [['list', '--colour'], '--colour'],
    [['test-led'], 'Sebutkan perangkatnya'],
    [['test-led', '--port', 'COM3'], '--driver'],
    [['test-led', '--port', 'COM3', '--driver', 'cd5220', '--param', 'brightness=9'], 'params.brightness'],
    [['test-led', '--port', 'COM3', '--driver', 'cd5220', '--number', 'dua'], 'A-012'],
    [['test-print', '--tcp', '10.0.0.1', '--file', '/dev/usb/lp0'], 'satu saja'],
    [['test-print', '--tcp', '10.0.0.1', '--width', '70'], 'width'],
    [['sniff'], '--port'],
    [['test-led', '--port', 'COM3', '--driver', 'tidak-ada'], 'cd5220'],
    [['sniff', '--port', 'COM3', '--parity', 'banana'], '--parity: none, even atau odd, bukan banana'],
    [['sniff', '--port', 'COM3', '--baud', 'cepat'], '--baud: bilangan'],
    [['sniff', '--port', 'COM3', '--baud', ''], '--baud: bilangan'],
    [['sniff', '--port', 'COM3', '--driver', 'cd5220'], '--driver tidak berlaku'],
    [['test-led', '--port', 'COM3', '--driver', 'cd5220', '--stop-bits', '3'], '--stop-bits: 1 atau 2, bukan 3'],
    [['test-print', '--tcp', '10.0.0.1', '--flow', 'banana'], '--flow tidak berlaku untuk pencetak dengan --tcp'],
    [['test-print', '--port', 'COM4', '--flow', 'banana'], 'transport.flow'],
    [['test-print', '--printer', 'STRUK', '--baud', '9600'], '--baud tidak berlaku'],
    [['test-led', '--driver', 'cd5220'], '--driver tidak berlaku untuk layar dari profile.json'],
    [['test-led', '--port', 'COM3', '--driver', 'cd5220', '--display', '2'], '--display tidak berlaku'],
    [['test-led', '--port', 'COM3', '--driver', 'cd5220', '--show', 'idle', '--number', 'A-1'], '--show idle'],
    [['test-led', '--port', 'COM3', '--driver', 'cd5220', '--show', 'blink'], '--show: number'],
    [['test-print', '--width', '58'], '--width tidak berlaku untuk pencetak dari profile.json'],
    [['list', '--port', 'COM3'], '--port tidak berlaku untuk list'],
  ])('%j is explained and answered with 2', async (words, sentence) => {
    const { code, out } = await asked(...words)
    expect(out).toContain(sentence)
    expect(code).toBe(2)
  })

  test('list says which ports and printers there are, for people and for programs', async () => {
    const { out } = await asked('list')
    expect(out).toMatch(/^Port serial:\n/)
    expect(out).toContain('Pencetak:\n')
    const { ports, printers, problems } = JSON.parse((await asked('list', '--json')).out)
    for (const each of [ports, printers, problems]) expect(each).toBeInstanceOf(Array)
  })

  test.skipIf(!hasPeers('socat'))('test-led shows a number on the display of the profile, and the bytes', async () => {
    const { cable, far } = await cableWithFarEnd()
    const reader = createDisplayReader('cd5220', {})
    far.on('data', (bytes: Buffer) => reader.feed(bytes))
    const data = tempFolder()
    const display = { driver: 'cd5220', params: {}, transport: { kind: 'serial', path: cable.near } }
    writeFileSync(join(data, 'profile.json'), JSON.stringify({ displays: [display], printer: null, language: 'id' }))
    const words = ['test-led', '--data', data, '--number', 'b-007', '--counter', '4', '--seconds', '0']
    const { code, out } = await devices(...words)
    expect(out).toContain('→ 1B 51 41 ')
    expect(out).toContain('Terkirim.')
    expect(code).toBe(0)
    expect(reader.shown()).toBe('ANTREAN B-007\nLOKET 4')
  })

  test('test-led on a port that is not there says the code and what to look at', async () => {
    const { code, out } = await asked('test-led', '--port', '/dev/loket-none', '--driver', 'cd5220')
    expect(out).toMatch(/^LED_PORT_MISSING: /)
    expect(out).toContain('kabel')
    expect(code).toBe(1)
  })

  test('test-print prints a sample on a network printer', async () => {
    const printer = await createNetworkPrinter()
    onTestFinished(() => printer.close())
    const { code, out } = await asked('test-print', '--tcp', `127.0.0.1:${printer.port}`, '--paper', 'receipt')
    expect(out).toBe('confirmed\nTerkirim.\n')
    expect(code).toBe(0)
    const paper = readEscPos(Uint8Array.from(printer.sheets[0]?.printed ?? []))
    expect(paper.lines[0]?.text).toBe('UJI CETAK')
    expect(paper.lines.map(({ text }) => text)).toContain('TANDA TERIMA LAYANAN')
  })

  test('list succeeds on a PC without CUPS, and says that there is none', async () => {
    const folder = tempFolder()
    // A Linux whose ports can be listed, and nothing else.
    writeFileSync(join(folder, 'udevadm'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}:/bin`)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, out } = await asked('list')
    expect(out).toMatch(/^PRINTER_LIST_FAILED: /m)
    expect(code).toBe(0)
    vi.stubEnv('PATH', '/nonexistent')
    const nothing = await asked('list', '--json')
    expect(nothing.code).toBe(JSON.parse(nothing.out).printers.length > 0 ? 0 : 1)
  })

  test.skipIf(!hasPeers('socat'))('sniff writes down what comes over a cable until it is told to end', async () => {
    const { cable, far } = await cableWithFarEnd()
    const child = spawn(process.execPath, [ENTRY, 'sniff', '--port', cable.near], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await eventually(() => {
      far.write(Buffer.from([0x02, 0x41, 0x03]))
      expect(out).toMatch(/02 41 03 {2}\.A\./)
    }, 200)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})
