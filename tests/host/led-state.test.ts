/** What the number display is told, from the state of the desk. */
import { expect, it } from 'vitest'
import { slipText } from '#domain/slip.ts'
import { ledStateOf } from '#main/host/snapshot.ts'
import { addSlipKey, NINE, openTestDesk, TODAY } from '#tests/support/test-desk.ts'

it('follows the counter: idle, paused, idle again, closed', async () => {
  const desk = openTestDesk()
  const kinds = [ledStateOf(desk.context).state.kind]
  for (const method of ['counter.pause', 'counter.resume', 'counter.close']) {
    expect(await desk.call(method, method === 'counter.pause' ? { reason: 'prayer' } : {})).toMatchObject({ ok: true })
    kinds.push(ledStateOf(desk.context).state.kind)
  }
  expect(kinds).toEqual(['idle', 'paused', 'idle', 'closed'])
})

it('shows the called number blinking, tells a second call from the first, and stands still while serving', async () => {
  const desk = openTestDesk()
  const entry = desk.grant(1)
  await desk.call('queue.callNext')
  const first = ledStateOf(desk.context)
  expect(first.state).toMatchObject({ kind: 'number', label: { text: 'SK-001' }, blink: true })
  expect(await desk.call('queue.callAgain', entry)).toMatchObject({ ok: true })
  const second = ledStateOf(desk.context)
  expect(second.state).toEqual(first.state)
  expect(second.calls).toBe(first.calls + 1)
  expect(await desk.call('queue.startServing', entry)).toMatchObject({ ok: true })
  expect(ledStateOf(desk.context).state).toEqual({ ...first.state, blink: false })
})

it('shows who came with their slip although the counter is paused', async () => {
  const desk = openTestDesk()
  addSlipKey(desk)
  const slip = { visitId: desk.grant(1).visitId, entryNo: 1, label: 'SK-001', serviceId: 'skck', businessDate: TODAY }
  const scanned = slipText({ ...slip, issuedAt: NINE, priority: null }, `k-${TODAY}`, desk.context.slipKeys.keyedHash)
  expect(await desk.call('counter.pause', { reason: 'break' })).toMatchObject({ ok: true })
  expect(ledStateOf(desk.context).state).toEqual({ kind: 'paused' })
  expect(await desk.call('queue.present', { slip: { scanned } })).toMatchObject({ ok: true })
  expect(ledStateOf(desk.context).state).toMatchObject({ kind: 'number', label: { text: 'SK-001' } })
})

it('stays at the pause when somebody on hold is to come back meanwhile', async () => {
  const desk = openTestDesk()
  const held = desk.grant(1)
  await desk.call('queue.callNext')
  await desk.call('queue.startServing', held)
  await desk.call('queue.hold', { ...held, reason: 'fetch_documents' })
  expect(await desk.call('counter.pause', { reason: 'break' })).toMatchObject({ ok: true })
  expect(await desk.call('queue.resume', held)).toMatchObject({ code: 'COUNTER_PAUSED' })
  expect(ledStateOf(desk.context).state).toEqual({ kind: 'paused' })
})
