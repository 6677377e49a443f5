import { expect, it } from 'vitest'
import { METHODS, type MethodName } from '#contract/desk-api.ts'
import { COUNTER_METHODS } from '#contract/methods/counter.ts'
import { DEVICE_METHODS } from '#contract/methods/devices.ts'
import { PRINT_METHODS } from '#contract/methods/print.ts'
import { QUEUE_METHODS } from '#contract/methods/queue.ts'
import { SESSION_METHODS } from '#contract/methods/session.ts'
import { SETUP_METHODS } from '#contract/methods/setup.ts'
import { VISIT_METHODS } from '#contract/methods/visit.ts'
import { VOICE_METHODS } from '#contract/methods/voice.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('no name stands in two parts of the desk API, where the later one would silently win', () => {
  const parts = [
    ...[DEVICE_METHODS, SETUP_METHODS, SESSION_METHODS, COUNTER_METHODS],
    ...[QUEUE_METHODS, VISIT_METHODS, PRINT_METHODS, VOICE_METHODS],
  ]
  expect(Object.keys(METHODS)).toEqual(parts.flatMap((part) => Object.keys(part)))
})

it('whatever a screen sends, it gets an answer with a code', async () => {
  const desk = startTestHost({ dataDir: tempFolder() })
  const send = (method: string, input: unknown) => desk.client.invoke(method as MethodName, input as never)
  expect(await send('no.such', {})).toEqual({ ok: false, code: 'UNKNOWN_METHOD' })
  expect(await send('constructor', {})).toEqual({ ok: false, code: 'UNKNOWN_METHOD' })
  expect(await send('queue.callNext', { commandId: 'not a uuid' })).toEqual({ ok: false, code: 'BAD_INPUT' })
  expect(await send('queue.callNext', null)).toEqual({ ok: false, code: 'BAD_INPUT' })
  expect(await send('queue.callNext', { commandId: commandId() })).toEqual({ ok: false, code: 'NOT_SIGNED_IN' })
  expect(await send('session.signIn', { officerId: 'x', pin: '000000' })).toEqual({ ok: false, code: 'NOT_ENROLLED' })
  await desk.stop()
})

it('a front desk officer cannot call people, and a counter cannot hand out numbers', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await mall.desk('polres-1')]
  expect(await front.client.invoke('queue.callNext', { commandId: commandId() })).toEqual({
    ok: false,
    code: 'ROLE_MISSING',
  })
  const input = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  expect(await desk.client.invoke('visit.issue', input)).toEqual({ ok: false, code: 'ROLE_MISSING' })
  expect(await front.client.invoke('visit.issue', { ...input, serviceId: 'tidak-ada' })).toEqual({
    ok: false,
    code: 'SERVICE_UNKNOWN',
  })
  expect(await front.client.invoke('visit.issue', { ...input, journeyId: 'ktp-hilang' })).toEqual({
    ok: false,
    code: 'JOURNEY_UNKNOWN',
  })
})

it('set-up explains a wrong address, a wrong code, and a program that is no mall server', async () => {
  const mall = await openMall()
  const desk = startTestHost({ dataDir: tempFolder() })
  const enrol = (serverUrl: string) =>
    desk.client.invoke('setup.enrol', { serverUrl, code: 'AAAA-AAAA', deviceName: 'Loket uji' })
  expect(await enrol('http://127.0.0.1:9')).toEqual({ ok: false, code: 'SERVER_UNREACHABLE' })
  expect(await enrol(mall.server.url)).toEqual({ ok: false, code: 'ENROLMENT_CODE_INVALID' })
  expect(await enrol('http://192.0.2.7:8080')).toEqual({ ok: false, code: 'HTTPS_NEEDED' })
  expect(desk.desk().device).toBeNull()
  await desk.stop()
})

it('a wrong PIN locks after three tries, also over a restart and for parallel guesses', async () => {
  const mall = await openMall()
  const desk = await mall.desk('polres-1')
  await must(desk.client.invoke('session.signOut', {}))
  const guess = (pin: string) => desk.client.invoke('session.signIn', { officerId: 'petugas-polres-1', pin })
  const results = await Promise.all(['000001', '000002', '000003', '000004'].map(guess))
  expect(results.map((result) => (result.ok ? 'ok' : result.code))).toEqual([
    'WRONG_PIN',
    'WRONG_PIN',
    'PIN_LOCKED',
    'PIN_LOCKED',
  ])
  expect(await guess('214597')).toMatchObject({ code: 'PIN_LOCKED' })
  await desk.stop()
  const again = startTestHost({ dataDir: desk.dataDir })
  const locked = await again.client.invoke('session.signIn', { officerId: 'petugas-polres-1', pin: '214597' })
  expect(locked).toMatchObject({ code: 'PIN_LOCKED' })
  expect(locked.ok ? 0 : locked.detail?.seconds).toBeGreaterThan(20)
  await must(again.client.invoke('session.signIn', { officerId: 'petugas-polres-2', pin: '806243' }))
  await again.stop()
})

it('a display that is not there is shown with its code and never stops a call', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const profile = {
    displays: [{ driver: 'cd5220', params: {}, transport: { kind: 'serial', path: '/dev/loket-no-such-port' } }],
    printer: { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: 9 } },
    language: 'id',
  }
  const desk = await mall.desk('polres-1', { profile })
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await must(
    front.client.invoke('visit.issue', { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }),
  )
  await desk.until((snapshot) => snapshot.waiting.some((row) => row.mine), 'the hand')
  const entry = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  const ref = { visitId: entry.visitId, entryNo: entry.entryNo }
  await must(desk.client.invoke('queue.startServing', { commandId: commandId(), ...ref }))
  await must(
    desk.client.invoke('queue.complete', {
      commandId: commandId(),
      ...ref,
      outcome: 'delivered',
      paymentReference: null,
    }),
  )
  const seen = await desk.until(
    ({ printer, led }) => printer.state === 'failed' && led.state === 'failed',
    'both failures',
  )
  expect(seen.led.code).toBe('LED_PORT_MISSING')
  expect(seen.printer.code).toBe('PRINTER_REFUSED')
  expect(seen.printAttention).toMatchObject([{ label: 'SK-001', document: 'receipt', state: 'queued' }])
  expect(seen.today.completed).toBe(1)
})
