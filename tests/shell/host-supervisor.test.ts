import { describe, expect, test } from 'vitest'
import type { FromHost } from '#contract/messages.ts'
import { createHostSupervisor, READY_WITHIN_MS, STOP_WITHIN_MS } from '#main/shell/host-supervisor.ts'
import { createRecordedLog } from '#tests/shell/fakes/recorded-log.ts'
import { createScriptedHosts } from '#tests/shell/fakes/scripted-hosts.ts'
import { createSimulatedTime } from '#tests/shell/fakes/simulated-time.ts'

function setUp() {
  const time = createSimulatedTime()
  const hosts = createScriptedHosts()
  const log = createRecordedLog()
  const supervisor = createHostSupervisor({
    fork: () => hosts.fork(),
    logPath: '/var/log/shell.log',
    log,
    timers: time,
  })
  function connect() {
    const connection = supervisor.connect()
    const received: FromHost[] = []
    connection.onMessage((message) => received.push(message))
    return { ...connection, received }
  }
  return { time, hosts, log, supervisor, connect }
}

const call = (id: number) => ({ t: 'invoke' as const, id, method: 'queue.callNext', input: {} })
const sent = (client: number, message: object) => ({ kind: 'message', client, message })

describe('a host that dies', () => {
  test('is started again after 100 ms, then with doubling delays up to 30 s', () => {
    const { time, hosts, supervisor } = setUp()
    const delays: number[] = []
    for (let death = 0; death < 11; death += 1) {
      hosts.last().exit()
      const diedAt = time.now()
      const status = supervisor.status.get()
      while (hosts.started.length === death + 1) time.advance(10)
      delays.push(time.now() - diedAt)
      expect(status).toMatchObject({ attempt: death + 1, retryInMs: delays.at(-1) })
    }
    expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000])
  })

  test('is at first a restart, and an alarm with a code once it dies again and again', () => {
    const { time, hosts, supervisor } = setUp()
    hosts.onStart = (host) => host.ready()
    hosts.last().ready()
    const states: string[] = []
    for (let death = 0; death < 4; death += 1) {
      hosts.last().exit()
      states.push(supervisor.status.get().state)
      time.advance(1_000)
    }
    expect(states).toEqual(['restarting', 'restarting', 'restarting', 'failed'])
  })

  test('counts from the start again after 60 s of health', () => {
    const { time, hosts, supervisor } = setUp()
    hosts.onStart = (host) => host.ready()
    hosts.last().ready()
    for (let death = 0; death < 3; death += 1) {
      hosts.last().exit()
      time.advance(1_000)
    }
    time.advance(60_000)
    hosts.last().exit()
    expect(supervisor.status.get()).toEqual({ state: 'restarting', attempt: 1, retryInMs: 100 })
  })

  test('never makes the shell start hosts hot: 30 starts at most in the first 10 minutes of a crash loop', () => {
    const { time, hosts } = setUp()
    hosts.onStart = (host) => time.after(0, () => host.exit())
    hosts.last().exit()
    time.advance(600_000)
    expect(hosts.started.length).toBeLessThanOrEqual(30)
    expect(hosts.started.length).toBeGreaterThanOrEqual(20)
  })

  test('loses what it was asked, and the screen is told HOST_GONE at once', () => {
    const { hosts, connect } = setUp()
    const screen = connect()
    hosts.last().ready()
    screen.post(call(1))
    hosts.last().exit()
    expect(screen.received).toEqual([{ t: 'result', id: 1, result: { ok: false, code: 'HOST_GONE' } }])
  })

  test('is followed by one that knows every subscription of every screen, and no ended one', () => {
    const { time, hosts, connect } = setUp()
    const [first, second] = [connect(), connect()]
    hosts.last().ready()
    first.post({ t: 'subscribe', id: 1, topic: 'desk' })
    first.post({ t: 'subscribe', id: 2, topic: 'panel' })
    first.post({ t: 'unsubscribe', id: 2 })
    second.post({ t: 'subscribe', id: 1, topic: 'catalogue' })
    hosts.last().exit()
    time.advance(100)
    hosts.last().ready()
    expect(hosts.last().received).toEqual([
      sent(1, { t: 'subscribe', id: 1, topic: 'desk' }),
      sent(2, { t: 'subscribe', id: 1, topic: 'catalogue' }),
    ])
    hosts.last().say(1, { t: 'push', id: 1, value: 'fresh' })
    hosts.last().say(1, { t: 'push', id: 2, value: 'nobody listens' })
    expect(first.received).toEqual([{ t: 'push', id: 1, value: 'fresh' }])
  })

  test('does not answer for its successor: words of the old process are ignored', () => {
    const { time, hosts, connect } = setUp()
    const screen = connect()
    const old = hosts.last()
    old.ready()
    screen.post({ t: 'subscribe', id: 1, topic: 'desk' })
    old.exit()
    time.advance(100)
    hosts.last().ready()
    old.say(1, { t: 'push', id: 1, value: 'stale' })
    expect(screen.received).toEqual([])
  })
})

describe('a host that starts', () => {
  test('gets the invokes that waited for it, after the subscriptions', () => {
    const { hosts, connect } = setUp()
    const screen = connect()
    screen.post(call(1))
    screen.post({ t: 'subscribe', id: 2, topic: 'desk' })
    expect(hosts.last().received).toEqual([])
    hosts.last().ready()
    expect(hosts.last().received).toEqual([sent(1, { t: 'subscribe', id: 2, topic: 'desk' }), sent(1, call(1))])
  })

  test('is killed when it is not ready in time, and the status says ENGINE_TIMEOUT and where the log is', () => {
    const { time, hosts, supervisor } = setUp()
    time.advance(READY_WITHIN_MS - 1)
    expect(supervisor.status.get()).toEqual({ state: 'starting' })
    time.advance(1)
    expect(hosts.last().killed).toBe(true)
    expect(supervisor.status.get()).toEqual({
      state: 'failed',
      code: 'ENGINE_TIMEOUT',
      logPath: '/var/log/shell.log',
      attempt: 1,
      retryInMs: 100,
    })
  })

  test('and cannot be killed holds the shell for seconds only', () => {
    const { time, hosts, supervisor } = setUp()
    hosts.diesWhenKilled = false
    time.advance(READY_WITHIN_MS + 10_000)
    expect(hosts.started.length).toBe(2)
    expect(supervisor.status.get()).toMatchObject({ state: 'failed', code: 'ENGINE_TIMEOUT' })
  })

  test('and reports why it cannot is failed with that code, and screens are refused at once instead of waiting', () => {
    const { hosts, supervisor, connect } = setUp()
    const screen = connect()
    screen.post(call(1))
    hosts.last().fatal('STORE_BROKEN')
    screen.post(call(2))
    expect(supervisor.status.get()).toMatchObject({ state: 'failed', code: 'STORE_BROKEN' })
    expect(screen.received).toEqual([
      { t: 'result', id: 1, result: { ok: false, code: 'HOST_GONE' } },
      { t: 'result', id: 2, result: { ok: false, code: 'HOST_GONE' } },
    ])
  })

  test('is tried at once when a person asks for it, but never twice at a time', () => {
    const { time, hosts, supervisor } = setUp()
    for (let death = 0; death < 8; death += 1) {
      hosts.last().fatal('STORE_IN_USE')
      time.advance(30_000)
    }
    hosts.last().fatal('STORE_IN_USE')
    const before = hosts.started.length
    supervisor.retryNow()
    supervisor.retryNow()
    expect(hosts.started.length).toBe(before + 1)
    expect(supervisor.status.get()).toMatchObject({ state: 'failed', code: 'STORE_IN_USE', retryInMs: 0 })
    hosts.last().ready()
    expect(supervisor.status.get()).toEqual({ state: 'running' })
  })

  test('is counted as crashed when the process cannot even be started', () => {
    const supervisor = createHostSupervisor({
      fork: () => {
        throw new Error('ENOENT')
      },
      logPath: 'x',
      log: createRecordedLog(),
      timers: createSimulatedTime(),
    })
    expect(supervisor.status.get()).toMatchObject({ state: 'failed', code: 'ENGINE_CRASHED', attempt: 1 })
  })
})

describe('an invoke', () => {
  test('that the host never answers is answered HOST_TIMEOUT after 20 s, and a late answer is not a second one', () => {
    const { time, hosts, connect } = setUp()
    const screen = connect()
    hosts.last().ready()
    screen.post(call(1))
    time.advance(20_000)
    hosts.last().say(1, { t: 'result', id: 1, result: { ok: true, data: {} } })
    expect(screen.received).toEqual([{ t: 'result', id: 1, result: { ok: false, code: 'HOST_TIMEOUT' } }])
  })

  test('whose id is still in use is dropped with a log line, so that the first one keeps its answer', () => {
    const { hosts, log, connect } = setUp()
    const screen = connect()
    hosts.last().ready()
    screen.post(call(1))
    screen.post(call(1))
    expect(hosts.last().received).toEqual([sent(1, call(1))])
    expect(log.lines.join()).toContain('invoke id used twice')
  })
})

test('a closed screen hears nothing more and the host is told', () => {
  const { hosts, connect } = setUp()
  const screen = connect()
  hosts.last().ready()
  screen.post(call(1))
  screen.close()
  hosts.last().say(1, { t: 'result', id: 1, result: { ok: true, data: {} } })
  expect(screen.received).toEqual([])
  expect(hosts.last().received.at(-1)).toEqual({ kind: 'clientGone', client: 1 })
})

test('a message of the host outside the protocol is dropped with a log line', () => {
  const { hosts, log, supervisor } = setUp()
  for (const raw of [null, 7, { kind: 'weather' }, { kind: 'message', client: 0, message: {} }])
    hosts.last().sayRaw(raw)
  expect(log.lines.filter((line) => line.includes('outside the protocol'))).toHaveLength(4)
  expect(supervisor.status.get()).toEqual({ state: 'starting' })
})

describe('stopping', () => {
  test('asks kindly, and no new host is started', async () => {
    const { time, hosts, supervisor } = setUp()
    hosts.last().ready()
    const stopped = supervisor.stop()
    expect(hosts.last().received).toEqual([{ kind: 'stop' }])
    hosts.last().exit()
    await stopped
    time.advance(120_000)
    expect(hosts.started.length).toBe(1)
    expect(hosts.last().killed).toBe(false)
  })

  test('kills a host that does not end in 3 s', async () => {
    const { time, hosts, supervisor } = setUp()
    hosts.last().ready()
    const stopped = supervisor.stop()
    time.advance(STOP_WITHIN_MS)
    await stopped
    expect(hosts.last().killed).toBe(true)
  })

  test('kills a host that gets ready only after it was asked to stop, and then hangs', async () => {
    const { time, hosts, supervisor } = setUp()
    const stopped = supervisor.stop()
    hosts.last().ready()
    time.advance(STOP_WITHIN_MS)
    await stopped
    expect(hosts.last().killed).toBe(true)
  })

  test('while a restart waits ends at once, and screens are told HOST_GONE from then on', async () => {
    const { time, hosts, supervisor, connect } = setUp()
    const screen = connect()
    hosts.last().exit()
    await supervisor.stop()
    time.advance(60_000)
    screen.post(call(1))
    expect(hosts.started.length).toBe(1)
    expect(screen.received).toEqual([{ t: 'result', id: 1, result: { ok: false, code: 'HOST_GONE' } }])
  })
})
