import { expect, it } from 'vitest'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'

const SECRET = 'Pemohon sedang berobat, jangan lama berdiri'
const LETTER = 'STPLK/1187/XI/2026'

type Desk = Awaited<ReturnType<Mall['desk']>>
type Ref = { visitId: string; entryNo: number }

async function openDesk(mall: Mall, placeId: string): Promise<Desk> {
  const desk = await mall.desk(placeId)
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  return desk
}

async function issue(front: Desk, serviceId: string, journeyId: string | null = null): Promise<void> {
  await must(front.client.invoke('visit.issue', { commandId: commandId(), serviceId, priority: null, journeyId }))
}

/** Calls whoever waits, and serves. */
async function serve(desk: Desk): Promise<Ref> {
  await desk.until(({ waiting }) => waiting.some((row) => row.mine), 'somebody in the hand')
  const { visitId, entryNo } = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  await must(desk.client.invoke('queue.startServing', { commandId: commandId(), visitId, entryNo }))
  return { visitId, entryNo }
}

const note = (desk: Desk, ref: Ref, text: string) =>
  must(desk.client.invoke('queue.note', { commandId: commandId(), ...ref, text }))
const textsOf = (desk: Desk) => desk.desk().notes?.map(({ text }) => text)

it('goes round two agencies: each reads its own notes only, the prerequisite and its date go along', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const police = await openDesk(mall, 'polres-1')
  const card = await openDesk(mall, 'disdukcapil-1')
  await issue(front, 'surat-kehilangan', 'ktp-hilang')
  const first = await serve(police)
  await note(police, first, SECRET)
  const issuedOn = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
  const to = { toServiceId: 'ktp-el-hilang', handsOver: LETTER, handsOverDate: issuedOn }
  await must(police.client.invoke('queue.forward', { commandId: commandId(), ...first, ...to }))
  // A note afterwards: it goes to the server with the forward.
  await note(police, first, 'surat sudah ditandatangani')

  const second = await serve(card)
  const { current } = await card.until((one) => one.current?.prerequisites.length === 1, 'what the police handed over')
  expect(current?.prerequisites).toMatchObject([{ value: LETTER, validity: { issuedOn, isOver: false } }])
  expect(textsOf(card)).toEqual([])
  await note(card, second, 'foto ulang')
  const back = { toServiceId: 'skck', toCounterId: 'polres-2' }
  await must(card.client.invoke('queue.transfer', { commandId: commandId(), ...second, ...back }))
  await note(card, second, 'kembali besok')

  const other = await openDesk(mall, 'polres-2')
  await serve(other)
  const seen = await other.until(({ notes }) => notes?.length === 2, 'the notes of the own agency')
  expect(seen.notes).toMatchObject([
    { text: SECRET, counterName: '12', entryNo: 1 },
    { text: 'surat sudah ditandatangani', counterName: '12' },
  ])
  const stored = await mall.server.db.selectFrom('note').select(['agency_id', 'value']).execute()
  expect(stored).toHaveLength(4)
  expect(new Set(stored.map((row) => row.agency_id))).toEqual(new Set(['polres', 'disdukcapil']))
})

it('comes with a number that another counter of the agency takes over, also when the server was away meanwhile', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const first = await openDesk(mall, 'disdukcapil-1')
  await issue(front, 'ktp-el-baru')
  const ref = await serve(first)
  await mall.stopServer()
  await first.until(({ connection }) => connection.state === 'offline', 'the server gone')
  await note(first, ref, SECRET)
  await first.until(({ notes }) => notes?.length === 1, 'the note on the screen')
  await mall.startServer()
  await first.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'everything sent')
  await must(first.client.invoke('queue.returnToQueue', { commandId: commandId(), ...ref }))
  await must(first.client.invoke('counter.close', { commandId: commandId() }))
  const second = await openDesk(mall, 'disdukcapil-2')
  await serve(second)
  await second.until(({ notes }) => notes?.some(({ text }) => text === SECRET) ?? false, 'the note')
  expect(second.desk().current).toMatchObject(ref)
})
