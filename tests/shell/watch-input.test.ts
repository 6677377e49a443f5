/** When the shell says that somebody uses this PC, whatever program they work in. */
import { expect, test } from 'vitest'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import { openTouchLine } from '#main/shell/touch-line.ts'
import { LOOK_EVERY_MS, watchInput } from '#main/shell/watch-input.ts'
import { createRecordedLog } from '#tests/shell/fakes/recorded-log.ts'
import { createScriptedHosts } from '#tests/shell/fakes/scripted-hosts.ts'
import { createSimulatedTime } from '#tests/shell/fakes/simulated-time.ts'

/** A PC whose last key was pressed `quietMs` before the watch begins. */
function setUp(quietMs: number) {
  const time = createSimulatedTime()
  const pc = { lastKey: -quietMs, tells: true }
  const inputs: number[] = []
  watchInput({
    idleSeconds: () => (pc.tells ? Math.floor((time.now() - pc.lastKey) / 1_000) : 0),
    onInput: () => inputs.push(time.now()),
    timers: time,
  })
  return { time, pc, inputs }
}

test('Input between two looks is told once, at the next look, and a PC that nobody uses says nothing', () => {
  const { time, pc, inputs } = setUp(60_000)
  time.advance(5 * LOOK_EVERY_MS)
  expect(inputs).toEqual([])
  time.advance(1)
  pc.lastKey = time.now()
  time.advance(10 * LOOK_EVERY_MS)
  expect(inputs).toEqual([6 * LOOK_EVERY_MS])
})

test('Whoever works without a pause is told at every look', () => {
  const { time, pc, inputs } = setUp(60_000)
  time.advance(LOOK_EVERY_MS)
  for (let look = 0; look < 5; look += 1) {
    pc.lastKey = time.now() + LOOK_EVERY_MS / 2
    time.advance(LOOK_EVERY_MS)
  }
  expect(inputs).toHaveLength(5)
})

test('A system that cannot tell and always answers 0 keeps no desk open', () => {
  const { time, pc, inputs } = setUp(0)
  pc.tells = false
  time.advance(100 * LOOK_EVERY_MS)
  expect(inputs).toEqual([])
})

test('A touch reaches the host as one of a screen does, and a host that is started again hears the next one', () => {
  const time = createSimulatedTime()
  const hosts = createScriptedHosts()
  hosts.onStart = (host) => time.after(0, host.ready)
  const host = createHostSupervisor({
    fork: () => hosts.fork(),
    logPath: '/var/log/shell.log',
    log: createRecordedLog(),
    timers: time,
  })
  const line = openTouchLine(host)
  const touchesOf = () =>
    hosts.last().received.filter((said) => said.kind === 'message' && 'method' in said.message).length
  time.advance(1)
  line.touch()
  line.touch()
  expect(touchesOf()).toBe(2)
  hosts.last().exit()
  time.advance(1_000)
  line.touch()
  expect(touchesOf()).toBe(1)
  expect(hosts.last().received).toContainEqual({
    kind: 'message',
    client: 1,
    message: { t: 'invoke', id: 3, method: 'session.touch', input: {} },
  })
})
