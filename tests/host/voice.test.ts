/** Counters of one zone, a real server and the PC with the loudspeaker: which of them speaks, and what. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Announcement } from '#contract/voice.ts'
import type { TestHost } from '#tests/support/in-process-host.ts'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'

const ZONE = { id: 'barat', name: 'Sayap barat', speakerId: 'polres-1', counterIds: ['polres-1', 'disdukcapil-1'] }
const VOICE = { zone: 'barat', chime: false, reading: 'number' }
const speaker = (voice: object = VOICE) => ({ profile: { displays: [], printer: null, language: 'id', voice } })

const withZone = () => openMall((config) => ({ ...config, zones: [ZONE] }))

/** A screen of this host: what it is offered, as words; it ends each at once. */
function listen(desk: TestHost) {
  const offered: Announcement[] = []
  const words: string[] = []
  desk.client.subscribe('announcement', async (value) => {
    if (!value || offered.some(({ id }) => id === value.id)) return
    offered.push(value)
    const begun = await desk.client.invoke('voice.begin', { id: value.id, durationMs: 0 })
    if (!begun.ok) return
    words.push(value.clips.map(({ name }) => name.replace(/^id\//, '')).join(' '))
    await desk.client.invoke('voice.ended', { id: value.id, wasHeard: true })
  })
  return { offered, words }
}

async function open(desk: TestHost): Promise<void> {
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
}

async function issueTo(mall: Mall, desk: TestHost, serviceId: string): Promise<TestHost> {
  const front = await mall.desk('penerima-1')
  await must(front.client.invoke('visit.issue', { commandId: commandId(), serviceId, priority: null, journeyId: null }))
  await desk.until((snapshot) => snapshot.waiting.some((row) => row.mine), 'a visitor')
  return front
}

async function callNext(desk: TestHost) {
  const { visitId, entryNo } = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  return { visitId, entryNo, commandId: commandId() }
}

/** As if the counter had called so much earlier. */
async function makeOlder({ server: { db } }: Mall, counterId: string, ms: number): Promise<void> {
  const rows = await db.selectFrom('change').select(['seq', 'body']).where('audience', 'like', '%:zone:%').execute()
  for (const { seq, body } of rows) {
    const call = JSON.parse(body)
    if (call.counterId !== counterId) continue
    const older = JSON.stringify({ ...call, calledAt: call.calledAt - ms })
    await db.updateTable('change').set({ body: older }).where('seq', '=', seq).execute()
  }
}

const SKCK_1 = 'nomor-antrean huruf-s huruf-k satu silakan-menuju-loket dua belas'

describe('the PC that speaks for a zone', () => {
  it('announces calls and calls again of another counter, though it has none of its services', async () => {
    const mall = await withZone()
    const [police, other] = [await mall.desk('polres-1', speaker()), await mall.desk('disdukcapil-1')]
    await open(police)
    await open(other)
    const { words } = listen(police)
    await issueTo(mall, other, 'ktp-el-baru')
    const label = other.desk().waiting[0]?.label.split('-')[0]?.toLowerCase() ?? ''
    const said = `nomor-antrean ${[...label].map((one) => `huruf-${one}`).join(' ')} satu silakan-menuju-loket satu`
    const entry = await callNext(other)
    await expect.poll(() => words).toEqual([said])
    await must(other.client.invoke('queue.callAgain', entry))
    await expect.poll(() => words).toEqual([said, said])
  })

  it('announces its own calls, also while the server is away', async () => {
    const mall = await withZone()
    const police = await mall.desk('polres-1', speaker())
    await open(police)
    const { words } = listen(police)
    await issueTo(mall, police, 'skck')
    await mall.stopServer()
    await police.until(({ connection }) => connection.state === 'offline', 'the cut')
    const entry = await callNext(police)
    await expect.poll(() => words).toEqual([SKCK_1])
    await must(police.client.invoke('queue.callAgain', entry))
    await expect.poll(() => words).toEqual([SKCK_1, SKCK_1])
    expect(police.desk().voice).toMatchObject({ state: 'ready', code: null })
  })

  it('is the only one: a PC that the mall does not name is told nothing and gets no sound', async () => {
    const mall = await withZone()
    const other = await mall.desk('disdukcapil-1', speaker())
    await open(other)
    const { offered } = listen(other)
    await issueTo(mall, other, 'ktp-el-baru')
    await callNext(other)
    expect(other.desk().voice).toMatchObject({ state: 'failed', code: 'VOICE_NOT_SPEAKER', detail: 'barat' })
    expect(await other.client.invoke('voice.clips', { names: ['id/satu'], undecodable: [] })).toMatchObject({
      code: 'VOICE_OFF',
    })
    expect(offered).toEqual([])
  })

  it('falls silent when another PC takes its counter, and that one speaks', async () => {
    const mall = await withZone()
    const [first, second] = [await mall.desk('polres-1', speaker()), await mall.desk('polres-1', speaker())]
    await open(first)
    await open(second)
    await first.until(({ voice }) => voice.code === 'VOICE_ELSEWHERE', 'the end of its session')
    const [old, now] = [listen(first), listen(second)]
    await issueTo(mall, second, 'skck')
    await callNext(second)
    await expect.poll(() => now.words).toEqual([SKCK_1])
    // Also of other counters, of whose calls both hear.
    const other = await mall.desk('disdukcapil-1')
    await open(other)
    await issueTo(mall, other, 'ktp-el-baru')
    await callNext(other)
    await expect.poll(() => now.words).toHaveLength(2)
    expect(old.offered).toEqual([])
  })

  it('says a call that it reads late while it is young, and keeps older ones to itself', async () => {
    const mall = await openMall((config) => ({ ...config, zones: [{ ...ZONE, speakerId: 'penerima-1' }] }))
    const [police, other] = [await mall.desk('polres-1'), await mall.desk('disdukcapil-1')]
    await open(police)
    await open(other)
    await issueTo(mall, police, 'skck')
    await issueTo(mall, other, 'ktp-el-baru')
    await callNext(police)
    await callNext(other)
    await other.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'all sent')
    await police.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'all sent')
    await makeOlder(mall, 'disdukcapil-1', 31_000)
    const { words, offered } = listen(await mall.desk('penerima-1', speaker()))
    await expect.poll(() => words).toEqual([SKCK_1])
    expect(offered).toHaveLength(1)
  })

  it('goes on with what it says when other devices are set up, and begins anew only with another voice', async () => {
    const mall = await openMall((config) => ({ ...config, zones: [{ ...ZONE, speakerId: 'penerima-1' }] }))
    const { profile } = speaker()
    const [pc, other] = [
      await mall.desk('penerima-1', { profile, officerId: 'teknisi' }),
      await mall.desk('disdukcapil-1'),
    ]
    const save = (next: Record<string, unknown>) => must(pc.client.invoke('devices.save', { profile: next }))
    const offered: (Announcement | null)[] = []
    pc.client.subscribe('announcement', (value) => void offered.push(value))
    await open(other)
    await issueTo(mall, other, 'ktp-el-baru')
    const entry = await callNext(other)
    await expect.poll(() => offered.at(-1)?.id).toBeDefined()
    const id = offered.at(-1)?.id ?? ''
    await save({ ...profile, language: 'en' })
    await must(pc.client.invoke('voice.begin', { id, durationMs: 5_000 }))
    await save({ ...profile, voice: { ...VOICE, volume: 10 } })
    await expect.poll(() => offered.at(-1)).toBe(null)
    await must(other.client.invoke('queue.callAgain', entry))
    await expect.poll(() => offered.at(-1)?.volume).toBe(10)
  })

  it('says that the mall does not have the zone of its profile', async () => {
    const mall = await withZone()
    const police = await mall.desk('polres-1', speaker({ ...VOICE, zone: 'timur' }))
    expect(police.desk().voice).toMatchObject({ state: 'failed', code: 'VOICE_ZONE_UNKNOWN', detail: 'timur' })
  })

  it('plays the mall’s own clips and falls back to those that come with Loket', async () => {
    const mall = await withZone()
    const police = await mall.desk('polres-1', speaker())
    await open(police)
    mkdirSync(join(police.dataDir, 'voice/id'), { recursive: true })
    writeFileSync(join(police.dataDir, 'voice/id/satu.wav'), 'RIFF....WAVE')
    const result = await must(police.client.invoke('voice.clips', { names: ['id/satu', 'id/dua'], undecodable: [] }))
    expect(result.clips.map(({ name, data }) => [name, Buffer.from(data, 'base64').toString('latin1', 0, 4)])).toEqual([
      ['id/satu', 'RIFF'],
      ['id/dua', 'OggS'],
    ])
    for (const name of ['id/../satu', '../profile', 'id/satu.opus', 'fr/un', '/etc/passwd']) {
      expect(await police.client.invoke('voice.clips', { names: [name], undecodable: [] })).toMatchObject({
        code: 'BAD_INPUT',
      })
    }
  })

  it('speaks with nobody signed in', async () => {
    const mall = await withZone()
    const [police, other] = [await mall.desk('polres-1', speaker()), await mall.desk('disdukcapil-1')]
    await open(police)
    await must(police.client.invoke('session.signOut', {}))
    await open(other)
    const { words } = listen(police)
    await issueTo(mall, other, 'ktp-el-baru')
    await callNext(other)
    await expect.poll(() => words).toHaveLength(1)
  })
})

it('a PC without a loudspeaker has no voice at all', async () => {
  const mall = await withZone()
  const police = await mall.desk('polres-1')
  await open(police)
  const { offered } = listen(police)
  await issueTo(mall, police, 'skck')
  await callNext(police)
  expect(police.desk().voice).toEqual({ state: 'absent', code: null, detail: null, where: null })
  expect(offered).toEqual([])
  expect(await police.client.invoke('voice.begin', { id: 'x-1', durationMs: 1 })).toMatchObject({ code: 'VOICE_OVER' })
})
