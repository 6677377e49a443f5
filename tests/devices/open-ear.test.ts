/** Listening on a cable that is pulled out, or that was never there. */
import { SerialPort } from 'serialport'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openEar } from '#main/host/devices/serial/open-ear.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { hasPeers } from '#tests/support/peers.ts'

const SETTINGS = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const

describe.skipIf(!hasPeers('socat'))('an ear on a cable', () => {
  test('hears what comes, and says which fault ended it when the port is lost', async () => {
    const cable = createPtyCable()
    onTestFinished(() => cable.remove())
    await cable.plugIn()
    const heard: number[] = []
    // Held until the end of the test, as the program holds its own: nothing else keeps the ear from being collected.
    const end = new AbortController()
    onTestFinished(() => end.abort())
    const ended = openEar(cable.near, SETTINGS, end.signal, (bytes) => void heard.push(...bytes))
    const far = new SerialPort({ path: cable.far, baudRate: 9600 })
    far.on('error', () => {})
    await new Promise((resolve) => far.once('open', resolve))
    onTestFinished(() => new Promise((resolve) => (far.isOpen ? far.close(() => resolve()) : resolve())))
    await vi.waitFor(
      () => {
        far.write(Buffer.from([0x41]))
        expect(heard).toContain(0x41)
      },
      { timeout: 5_000, interval: 50 },
    )
    await cable.unplug()
    expect(await ended).toMatchObject({ code: 'LED_PORT_MISSING', detail: expect.stringMatching(/./) })
  })

  test('ends without a fault when it is told to', async () => {
    const cable = createPtyCable()
    onTestFinished(() => cable.remove())
    await cable.plugIn()
    const end = new AbortController()
    const ended = openEar(cable.near, SETTINGS, end.signal, () => {})
    end.abort()
    expect(await ended).toBeNull()
  })
})

test('an ear at a port that is not there says so', async () => {
  const ended = openEar('/dev/loket-none', SETTINGS, new AbortController().signal, () => {})
  expect(await ended).toMatchObject({ code: 'LED_PORT_MISSING' })
})
