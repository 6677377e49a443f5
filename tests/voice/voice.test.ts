/** Which calls of a counter's own log are spoken, by a clock that the test moves. */
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createVoice } from '#main/host/voice.ts'
import { ROOT } from '#scripts/root.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

const PROFILE = {
  ...{ zone: 'barat', volume: 70, repeats: 1, chime: true },
  ...({ reading: 'number', languages: 'id' } as const),
}

function prepare(change: Partial<typeof PROFILE> = {}, counterIds = ['polres-1', 'disdukcapil-1']) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const desk = openTestDesk()
  const config = desk.context.config()
  if (!config) throw new Error('no configuration')
  desk.context.setConfig({ ...config, zones: [{ id: 'barat', name: 'Barat', speakerId: 'polres-1', counterIds }] })
  const told: string[] = []
  const voice = createVoice({
    context: desk.context,
    profile: { ...PROFILE, ...change },
    folders: { builtIn: join(ROOT, 'voice'), own: join(ROOT, 'none') },
    idPrefix: 'v',
    changed: (what) => told.push(what),
  })
  onTestFinished(() => voice.stop())
  const said = () => voice.announcement()?.clips.map(({ name }) => name.replace('id/', '')) ?? null
  /** Both clocks, and whatever falls due. */
  const pass = (ms: number) => {
    desk.clock.pass(ms)
    vi.advanceTimersByTime(ms)
  }
  return {
    desk,
    voice,
    told,
    said,
    pass,
    async act(method: string, entry: object = {}) {
      expect(await desk.call(method, entry)).toMatchObject({ ok: true })
      voice.deskChanged()
    },
    speak(ms = 1_000) {
      const id = voice.announcement()?.id ?? ''
      expect(voice.begin(id, ms)).toBe(true)
      pass(ms)
      voice.ended(id, true)
      pass(1_200)
    },
  }
}

const SK_1 = ['bel', 'nomor-antrean', 'huruf-s', 'huruf-k', 'satu', 'silakan-menuju-loket', 'dua', 'belas']

const other = (calledAt: number | null, label = 'A-011') => ({
  ...{ kind: 'call' as const, visitId: '00000000-0000-4000-8000-000000000099', entryNo: 1 },
  ...{ label, counterId: 'disdukcapil-1', calledAt },
})

describe('a call at the PC that speaks', () => {
  test('is offered at once, with its chime and its volume', async () => {
    const { desk, voice, said, act, told } = prepare()
    desk.grant(1)
    await act('queue.callNext')
    expect(said()).toEqual(SK_1)
    expect(voice.announcement()).toMatchObject({ volume: 70 })
    expect(told).toContain('announcement')
  })

  test('is said as often as the profile says, with one chime', async () => {
    const { desk, said, act, speak } = prepare({ repeats: 2 })
    desk.grant(1)
    await act('queue.callNext')
    speak()
    expect(said()).toEqual(SK_1.slice(1))
    speak()
    expect(said()).toBe(null)
  })

  test.each(['queue.startServing', 'queue.noShow', 'queue.undo', 'queue.returnToQueue'])(
    'that %s ends is not said any more',
    async (method) => {
      const { desk, said, act } = prepare()
      const entry = desk.grant(1)
      await act('queue.callNext')
      expect(said()).not.toBe(null)
      await act(method, entry)
      expect(said()).toBe(null)
    },
  )

  test('back after its visitor did not come is said again', async () => {
    const { desk, said, act, speak } = prepare()
    const entry = desk.grant(1)
    await act('queue.callNext')
    speak()
    await act('queue.noShow', entry)
    expect(said()).toBe(null)
    await act('queue.callBack', entry)
    expect(said()).toEqual(SK_1)
  })

  test('that the visitor answers while it is said is not repeated', async () => {
    const { desk, voice, said, act, pass } = prepare({ repeats: 3 })
    const entry = desk.grant(1)
    await act('queue.callNext')
    const id = voice.announcement()?.id ?? ''
    voice.begin(id, 2_000)
    await act('queue.startServing', entry)
    expect(said()).toEqual(SK_1)
    pass(2_000)
    voice.ended(id, true)
    pass(1_200)
    expect(said()).toBe(null)
  })

  test('that no screen begins is given up after half a minute, and that is said', async () => {
    const { desk, voice, said, act, pass } = prepare()
    desk.grant(1)
    await act('queue.callNext')
    pass(29_999)
    expect(said()).toEqual(SK_1)
    pass(1)
    expect(said()).toBe(null)
    expect(voice.health()).toEqual({ state: 'failed', code: 'VOICE_UNHEARD', detail: 'barat' })
  })

  test('that a screen began and never ended gives way, and that is said until one is heard', async () => {
    const { desk, voice, said, act, pass, speak } = prepare()
    desk.grant(1)
    await act('queue.callNext')
    voice.begin(voice.announcement()?.id ?? '', 4_000)
    voice.zoneCalled(other(desk.clock.wall))
    pass(6_999)
    expect(said()).toEqual(SK_1)
    pass(1)
    expect(said()).toContain('sebelas')
    expect(voice.health()).toMatchObject({ code: 'VOICE_SILENT' })
    speak()
    expect(voice.health()).toEqual({ state: 'ready' })
  })

  test('from before this start is not said', async () => {
    const { desk, voice, said } = prepare()
    desk.grant(1)
    await desk.call('queue.callNext')
    const later = createVoice({
      context: desk.context,
      profile: PROFILE,
      folders: { builtIn: '', own: '' },
      idPrefix: 'w',
      changed() {},
    })
    later.deskChanged()
    expect(later.announcement()).toBe(null)
    voice.deskChanged()
    expect(said()).toEqual(SK_1)
    later.stop()
  })

  test('of the own counter is not said where its zone has others only, nor twice when the server tells of it', async () => {
    const without = prepare({}, ['disdukcapil-1'])
    without.desk.grant(1)
    await without.act('queue.callNext')
    expect(without.said()).toBe(null)
    const { desk, voice, said, act, speak } = prepare()
    const entry = desk.grant(1)
    await act('queue.callNext')
    speak()
    voice.zoneCalled({
      ...{ kind: 'call', ...entry, label: 'SK-001', counterId: 'polres-1', calledAt: desk.clock.wall },
    })
    expect(said()).toBe(null)
  })
})

describe('a call of another counter', () => {
  test('is said in its turn, and forgotten when it is over', async () => {
    const { desk, voice, said, act, speak } = prepare()
    desk.grant(1)
    await act('queue.callNext')
    voice.zoneCalled(other(desk.clock.wall))
    expect(said()).toEqual(SK_1)
    speak()
    expect(said()).toContain('sebelas')
    voice.zoneCalled(other(null))
    expect(said()).toBe(null)
  })

  test('that is half a minute old when it is heard of is not said, a younger one is', () => {
    const { desk, voice, said } = prepare()
    voice.zoneCalled(other(desk.clock.wall - 30_000))
    expect(said()).toBe(null)
    voice.zoneCalled(other(desk.clock.wall - 29_999))
    expect(said()).toContain('sebelas')
  })

  test('waits for others up to three minutes after it was made; then that it was not said is told', async () => {
    const { desk, voice, said, act, pass } = prepare()
    desk.grant(1)
    await act('queue.callNext')
    const id = voice.announcement()?.id ?? ''
    voice.begin(id, 160_000)
    // It has another 160 s, and the turn comes 200 ms later.
    voice.zoneCalled(other(desk.clock.wall - 20_000))
    pass(159_000)
    voice.ended(id, true)
    pass(1_200)
    expect(said()).toBe(null)
    expect(voice.health()).toEqual({ state: 'failed', code: 'VOICE_CROWDED', detail: 'barat' })
  })

  test('is said after others have been said for more than two minutes', async () => {
    const { desk, voice, said, act, pass } = prepare()
    desk.grant(1)
    await act('queue.callNext')
    voice.begin(voice.announcement()?.id ?? '', 130_000)
    voice.zoneCalled(other(desk.clock.wall))
    pass(130_000)
    voice.ended(voice.announcement()?.id ?? '', true)
    pass(1_200)
    expect(said()).toContain('sebelas')
    expect(voice.health()).toEqual({ state: 'ready' })
  })

  test('of another zone, or of a counter that the mall does not have, is not said', () => {
    const { desk, voice, said } = prepare()
    voice.zoneCalled({ ...other(desk.clock.wall), counterId: 'samsat-1' })
    voice.zoneCalled({ ...other(desk.clock.wall), counterId: 'loket-lain' })
    expect(said()).toBe(null)
  })
})

test('the session of the counter gone, nothing is offered and nothing may begin', async () => {
  const { desk, voice, said, act } = prepare()
  desk.grant(1)
  await act('queue.callNext')
  const id = voice.announcement()?.id ?? ''
  desk.store.transaction(() => desk.repositories.desk.set({ open: false, paused: false, counter: null }))
  expect(said()).toBe(null)
  expect(voice.begin(id, 1_000)).toBe(false)
  expect(voice.clips(['id/satu'], [])).toBe(null)
  expect(voice.health()).toEqual({ state: 'ready', hint: 'VOICE_ELSEWHERE' })
})
