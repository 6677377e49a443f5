import { describe, expect, it } from 'vitest'
import { personalTextHash } from '#domain/personal-text.ts'
import { buildCatalogue, buildDeskSnapshot } from '#main/host/snapshot.ts'
import { idle } from '#tests/support/idle.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { findingsOf, openTestDesk, TODAY } from '#tests/support/test-desk.ts'

const LETTER = 'STPLK/1187/XI/2026'
const KEY = 'nomor-surat-kehilangan'

async function policeDesk() {
  const desk = openTestDesk()
  const ref = desk.grant(1, { serviceId: 'surat-kehilangan', journeyId: 'ktp-hilang' })
  await desk.call('queue.callNext')
  await desk.call('queue.startServing', ref)
  desk.facts()
  const forward = (input: object) => desk.call('queue.forward', { ...ref, toServiceId: 'ktp-el-hilang', ...input })
  return { ...desk, ref, forward }
}

describe('what a step hands over', () => {
  it('takes the day of its issue along, under one hash', async () => {
    const desk = await policeDesk()
    expect(await desk.forward({ handsOver: LETTER, handsOverDate: '2026-11-20' })).toMatchObject({ ok: true })
    const [text] = desk.repositories.personalTexts.ofVisit(desk.ref.visitId)
    expect(text).toMatchObject({ key: KEY, value: `2026-11-20 ${LETTER}` })
    const valueHash = personalTextHash(sha256, text?.salt ?? '', text?.value ?? '')
    expect(desk.facts()).toMatchObject([{ data: { handsOver: { key: KEY, valueHash } } }])
  })

  it('may come without a date, as from an older screen', async () => {
    const desk = await policeDesk()
    expect(await desk.forward({ handsOver: LETTER })).toMatchObject({ ok: true })
    expect(desk.repositories.personalTexts.ofVisit(desk.ref.visitId)).toMatchObject([{ value: LETTER }])
  })

  it.each([
    ['of tomorrow', { handsOver: LETTER, handsOverDate: '2026-11-22' }],
    ['that the calendar does not have', { handsOver: LETTER, handsOverDate: '2026-02-30' }],
    ['of nothing', { handsOver: null, handsOverDate: TODAY }],
  ])('is refused with a date %s', async (_what, input) => {
    const desk = await policeDesk()
    expect(await desk.forward(input)).toMatchObject({ code: 'HANDED_OVER_DATE_WRONG' })
    expect(desk.facts()).toEqual([])
  })

  it('is refused with a date where no period is published', async () => {
    const desk = await policeDesk()
    const config = desk.context.config()
    if (!config) throw new Error('the desk has no configuration')
    const journeys = config.journeys.map((journey) => ({
      ...journey,
      steps: journey.steps.map(({ serviceId, handsOver }) =>
        handsOver ? { serviceId, handsOver: { key: handsOver.key, label: handsOver.label } } : { serviceId },
      ),
    }))
    desk.context.setConfig({ ...config, journeys })
    expect(buildCatalogue(desk.context).journeys[0]?.steps[0]?.handsOver).toMatchObject({ validDays: null })
    expect(await desk.forward({ handsOver: LETTER, handsOverDate: TODAY })).toMatchObject({
      code: 'HANDED_OVER_DATE_WRONG',
    })
    expect(await desk.forward({ handsOver: LETTER })).toMatchObject({ ok: true })
  })

  it.each([
    ['is good until its last day', '2026-11-07', { issuedOn: '2026-11-07', until: TODAY, isOver: false }],
    ['is over on the day after', '2026-11-06', { issuedOn: '2026-11-06', until: '2026-11-20', isOver: true }],
    ['without a date says nothing of it', null, null],
    ['brought by a slip, which names no journey, is good as long', '2026-11-07', { until: TODAY, isOver: false }, null],
  ])('at the next desk %s', async (_what, issuedOn, validity, journeyId: string | null = 'ktp-hilang') => {
    const desk = openTestDesk()
    const ref = desk.grant(1, { entryNo: 2, journeyId, serviceId: 'ktp-el-hilang' })
    await desk.call('queue.callNext')
    const value = issuedOn === null ? LETTER : `${issuedOn} ${LETTER}`
    desk.store.transaction(() =>
      desk.repositories.personalTexts.addReceived({
        ...{ visitId: ref.visitId, entryNo: 1, key: KEY, salt: 's'.repeat(22), value },
      }),
    )
    expect(buildDeskSnapshot(desk.context, 1, null).current?.prerequisites).toMatchObject([
      { key: KEY, value: LETTER, validity },
    ])
  })
})

const DAY = 86_400_000

describe('when the days of notes are over', () => {
  it.each([
    ['what was handed over here', policeDesk, true],
    ['what came from an earlier step', nextDesk, false],
  ])('%s is gone, the hash stays, and the store verifies', async (_what, open, isOwn) => {
    const desk = await open()
    if (isOwn) await desk.forward({ handsOver: LETTER, handsOverDate: TODAY })
    const left = () => desk.repositories.personalTexts.ofVisit(desk.ref.visitId)
    desk.clock.pass(30 * DAY)
    idle(desk)
    expect(left()).toHaveLength(1)
    desk.clock.pass(DAY)
    idle(desk)
    expect(left()).toEqual([])
    expect(desk.repositories.personalTexts.unsent(9)).toEqual([])
    expect(findingsOf(desk)).toEqual([])
  })
})

async function nextDesk() {
  const desk = openTestDesk()
  const ref = desk.grant(1, { entryNo: 2, journeyId: 'ktp-hilang' })
  const text = { visitId: ref.visitId, entryNo: 1, key: KEY, salt: 's'.repeat(22), value: LETTER }
  desk.store.transaction(() => desk.repositories.personalTexts.addReceived(text))
  return { ...desk, ref, forward: () => Promise.reject(new Error('nobody is at this desk')) }
}
