/** Listening on a cable that may not be there. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEar } from '#main/host/devices/serial/open-ear.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { hasPeers } from '#tests/support/peers.ts'

const SETTINGS = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const

describe.skipIf(!hasPeers('socat'))('an ear on a cable', () => {
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
