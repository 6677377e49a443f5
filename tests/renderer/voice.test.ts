/** Announcements in a real browser, with the clips that come with Loket: what is heard, in which order, and what the host is told. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Announcement } from '#contract/voice.ts'
import { BUILT_IN_CLIPS } from '#main/host/devices/voice/clip-names.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'
import {
  announcement,
  changeState,
  heardIn,
  keepSilentUntilTouched,
  listen,
  soundsOf,
} from '#tests/renderer/loudspeaker.ts'
import { counterSnapshot } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

const show = screenSuite()
const voice = { state: 'ready' as const, code: null, detail: null, where: null }

const ONE_WORD = { clips: [{ name: 'id/satu', pauseMs: 20, isOptional: false }], volume: 100 }

/** A host that gives the real clips; a screen that may sound. */
async function speakingScreen(): Promise<{ host: FakeHost; page: Page; told(method: string): unknown[] }> {
  const { host, page } = await show({ desk: counterSnapshot({ voice }) })
  host.answer('voice.clips', ({ names }) => ({ ok: true, data: { clips: soundsOf(names as string[]) } }))
  host.answer('voice.begin', () => DONE)
  host.answer('voice.ended', () => DONE)
  await page.context().addInitScript(listen)
  await page.reload()
  // Any touch will do. Whether the button was there before is left to the browser: driving a page counts as touching it.
  await page.mouse.click(2, 2)
  return {
    host,
    page,
    told: (method) => host.received.filter((one) => one.method === method).map(({ input }) => input),
  }
}

describe('a screen whose PC has the loudspeaker', () => {
  test('speaks the words one after the other, with its pauses, and says when it has ended', async () => {
    const { host, page, told } = await speakingScreen()
    const spoken = announcement('A-012', '3')
    host.show('announcement', spoken)
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toEqual([{ id: spoken.id, wasHeard: true }])

    const { scheduled, loudness, ended } = await heardIn(page)
    expect(scheduled).toHaveLength(spoken.clips.length)
    expect(ended).toBe(spoken.clips.length)
    for (const [index, { at, seconds }] of scheduled.slice(0, -1).entries()) {
      const pause = (spoken.clips[index]?.pauseMs ?? 0) / 1_000
      expect(scheduled[index + 1]?.at).toBeCloseTo(at + seconds + pause, 4)
    }
    // Each word by itself is heard, and the pause at the comma is not.
    const during = (from: number, to: number) =>
      Math.max(0, ...loudness.filter(({ at }) => at > from + 0.06 && at < to).map(({ level }) => level))
    for (const { at, seconds } of scheduled) expect(during(at, at + seconds)).toBeGreaterThan(0.02)
    const comma = scheduled[spoken.clips.findLastIndex(({ pauseMs }) => pauseMs === 280)]
    const silence = (comma?.at ?? 0) + (comma?.seconds ?? 0)
    expect(during(silence, silence + 0.26)).toBeLessThan(0.01)
    const whole = (scheduled.at(-1)?.at ?? 0) + (scheduled.at(-1)?.seconds ?? 0) - (scheduled[0]?.at ?? 0)
    const [begun] = told('voice.begin') as { durationMs: number }[]
    expect(begun?.durationMs).toBeGreaterThanOrEqual(Math.floor(whole * 1_000))
    expect(begun?.durationMs).toBeLessThan(whole * 1_000 + 500)
  })

  test('speaks as loud as it is told', async () => {
    const { host, page, told } = await speakingScreen()
    const loudest = async () => Math.max(...(await heardIn(page)).loudness.map(({ level }) => level))
    host.show('announcement', { ...ONE_WORD, id: 'quiet', volume: 10 })
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toHaveLength(1)
    const quiet = await loudest()
    host.show('announcement', { ...ONE_WORD, id: 'loud' })
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toHaveLength(2)
    expect((await loudest()) / quiet).toBeGreaterThan(5)
    // What was decoded once is not asked for again.
    expect(told('voice.clips')).toHaveLength(1)
  })

  test('asks once for clips, also when the page gets its leave to sound while they are on their way', async () => {
    const { host, page, told } = await speakingScreen()
    const clips = Promise.withResolvers<void>()
    host.answer('voice.clips', async ({ names }) => {
      await clips.promise
      return { ok: true, data: { clips: soundsOf(names as string[]) } }
    })
    host.show('announcement', { ...ONE_WORD, id: 'one' })
    await expect.poll(() => told('voice.clips')).toHaveLength(1)
    await changeState(page)
    await page.waitForTimeout(200)
    clips.resolve()
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toEqual([{ id: 'one', wasHeard: true }])
    expect(told('voice.clips')).toHaveLength(1)
    expect((await heardIn(page)).scheduled).toHaveLength(1)
  })

  test('keeps silent when another screen speaks it already', async () => {
    const { host, page, told } = await speakingScreen()
    host.answer('voice.begin', () => ({ ok: false, code: 'VOICE_OVER' }))
    host.show('announcement', announcement('A-012', '3'))
    await expect.poll(() => told('voice.begin')).toHaveLength(1)
    // The same again, as after every new connection.
    host.show('announcement', announcement('A-012', '3'))
    await page.waitForTimeout(300)
    expect(told('voice.begin')).toHaveLength(1)
    expect((await heardIn(page)).scheduled).toEqual([])
    expect(told('voice.ended')).toEqual([])
  })

  test('speaks after all when the line broke before it knew whether it may', async () => {
    const { host, page, told } = await speakingScreen()
    host.answer('voice.begin', () => {
      if (told('voice.begin').length === 1) host.dropConnections()
      return DONE
    })
    host.show('announcement', { ...ONE_WORD, id: 'one' })
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toEqual([{ id: 'one', wasHeard: true }])
    expect(told('voice.begin')).toHaveLength(2)
    expect((await heardIn(page)).scheduled).toHaveLength(1)
  })

  test('takes clips that did not come neither for broken nor for a reading that cannot be heard', async () => {
    const { host, page, told } = await speakingScreen()
    host.answer('voice.clips', () => ({ ok: false, code: 'HOST_TIMEOUT' }))
    host.show('announcement', { ...ONE_WORD, id: 'one' })
    await expect.poll(() => told('voice.clips')).toHaveLength(1)
    await page.waitForTimeout(300)
    expect(told('voice.begin')).toEqual([])
    host.answer('voice.clips', ({ names }) => ({ ok: true, data: { clips: soundsOf(names as string[]) } }))
    host.show('announcement', { ...ONE_WORD, id: 'one' })
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toEqual([{ id: 'one', wasHeard: true }])
    expect(told('voice.clips')).toEqual([
      { names: ['id/satu'], undecodable: [] },
      { names: ['id/satu'], undecodable: [] },
    ])
  })

  test('falls silent when the host goes on without it', async () => {
    const { host, page, told } = await speakingScreen()
    host.show('announcement', announcement('A-012', '3'))
    await expect.poll(async () => (await heardIn(page)).loudness.some(({ level }) => level > 0.02)).toBe(true)
    host.show('announcement', null)
    await page.waitForTimeout(200)
    const from = (await heardIn(page)).loudness.length
    await page.waitForTimeout(500)
    const after = (await heardIn(page)).loudness.slice(from)
    expect(after.length).toBeGreaterThan(10)
    expect(Math.max(...after.map(({ level }) => level))).toBeLessThan(0.001)
    expect(told('voice.begin')).toHaveLength(1)
  })

  test('asks for the built-in clip where the mall’s own is no sound, and leaves an agency’s name out', async () => {
    const { host, page, told } = await speakingScreen()
    host.answer('voice.clips', ({ names, undecodable }) => {
      const broken = (undecodable as string[]).length > 0 ? [] : ['id/satu', 'id/agency-polres']
      const own = broken.map((name) => ({ name, data: Buffer.from('RIFF....WAVE').toString('base64') }))
      const others = (names as string[]).filter((name) => !broken.includes(name))
      return { ok: true, data: { clips: [...own, ...soundsOf(others)] } }
    })
    const clips = [
      { name: 'id/satu', pauseMs: 20, isOptional: false },
      { name: 'id/agency-polres', pauseMs: 20, isOptional: true },
    ]
    host.show('announcement', { id: 'one', clips, volume: 100 })
    await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toEqual([{ id: 'one', wasHeard: true }])
    expect(told('voice.clips')).toMatchObject([
      { undecodable: [] },
      { names: ['id/satu', 'id/agency-polres'], undecodable: ['id/satu', 'id/agency-polres'] },
    ])
    expect((await heardIn(page)).scheduled).toHaveLength(1)
  })

  test('says that it cannot speak rather than leave a word out of a number', async () => {
    const { host, page, told } = await speakingScreen()
    host.answer('voice.clips', ({ names }) => ({
      ok: true,
      data: { clips: soundsOf((names as string[]).filter((name) => name !== 'id/belas')) },
    }))
    const spoken = announcement('A-012', '3')
    host.show('announcement', spoken)
    await expect.poll(() => told('voice.ended')).toEqual([{ id: spoken.id, wasHeard: false }])
    expect((await heardIn(page)).scheduled).toEqual([])
  })
})

test('a call at a real counter is heard from its screen, and the host goes on', async () => {
  const mall = await openMall((config) => ({
    ...config,
    zones: [{ id: 'barat', name: 'Barat', speakerId: 'polres-1', counterIds: ['polres-1'] }],
  }))
  const profile = { displays: [], printer: null, language: 'id', voice: { zone: 'barat', reading: 'number' } }
  const [front, desk] = [await mall.desk('penerima-1'), await mall.desk('polres-1', { profile })]
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  const { host, page, told } = await speakingScreen()
  // Between the real host and the real screen stands only what carries the messages.
  for (const method of ['voice.clips', 'voice.begin', 'voice.ended'] as const) {
    host.answer(method, (input) => desk.client.invoke(method, input as never))
  }
  const offered: (Announcement | null)[] = []
  desk.client.subscribe('announcement', (value) => {
    offered.push(value)
    host.show('announcement', value)
  })
  const visit = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  await must(front.client.invoke('visit.issue', visit))
  await desk.until((snapshot) => snapshot.waiting.some((row) => row.mine), 'a visitor')
  await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))

  await expect.poll(() => told('voice.ended'), { timeout: 20_000 }).toMatchObject([{ wasHeard: true }])
  await expect.poll(() => offered.at(-1)).toBe(null)
  const { scheduled, loudness } = await heardIn(page)
  // bel, nomor antrean, S, K, satu, silakan menuju loket, dua, belas
  expect(scheduled).toHaveLength(8)
  expect(Math.max(...loudness.map(({ level }) => level))).toBeGreaterThan(0.02)
  expect(desk.desk().voice).toEqual({ state: 'ready', code: null, detail: null, where: null })
})

test('a browser that keeps the page silent gets a button, also at the sign-in screen, and speaks after any touch', async () => {
  const { host, page } = await show({ desk: counterSnapshot({ voice }) })
  host.answer('voice.clips', ({ names }) => ({ ok: true, data: { clips: soundsOf(names as string[]) } }))
  host.answer('voice.begin', () => DONE)
  host.answer('voice.ended', () => DONE)
  await page.context().addInitScript(keepSilentUntilTouched)
  await page.reload()
  const button = page.getByRole('button', { name: 'Aktifkan suara' })
  await button.waitFor()
  host.show('announcement', announcement('A-012', '3'))
  await page.waitForTimeout(300)
  expect(host.received.some(({ method }) => method === 'voice.begin')).toBe(false)
  await page.locator('main').click()
  await expect.poll(() => host.received.some(({ method }) => method === 'voice.begin')).toBe(true)
  await expect.poll(() => button.count()).toBe(0)
})

test('a PC without a loudspeaker has neither the button nor asks for clips', async () => {
  const { host, page } = await show()
  host.show('announcement', announcement('A-012', '3'))
  await page.waitForTimeout(800)
  expect(await page.getByRole('button', { name: 'Aktifkan suara' }).count()).toBe(0)
  expect(host.received).toEqual([])
})

test('every committed clip is sound that Chromium decodes, of one loudness and without silence at its ends', async () => {
  const { page } = await show()
  const all = [...BUILT_IN_CLIPS].toSorted()
  const measured = await page.evaluate(async (clips) => {
    const audio = new OfflineAudioContext(1, 48_000, 48_000)
    return Promise.all(
      clips.map(async ({ name, data }) => {
        const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0)).buffer
        const sound = (await audio.decodeAudioData(bytes)).getChannelData(0)
        const rms = (part: Float32Array) => Math.sqrt(part.reduce((sum, one) => sum + one * one, 0) / part.length)
        const loud = sound.findIndex((one) => Math.abs(one) > 0.01)
        const tail = sound.length - 1 - sound.findLastIndex((one) => Math.abs(one) > 0.005)
        const peak = sound.reduce((max, one) => Math.max(max, Math.abs(one)), 0)
        return { name, seconds: sound.length / 48_000, rms: rms(sound), head: loud / 48_000, tail: tail / 48_000, peak }
      }),
    )
  }, soundsOf(all))
  expect(measured.map(({ name }) => name)).toEqual(all)
  for (const one of measured) {
    expect(one.seconds).toBeGreaterThan(0.1)
    expect(one.seconds).toBeLessThan(2)
    expect(one.peak).toBeLessThanOrEqual(1)
    expect([one.name, Math.abs(20 * Math.log10(one.rms) + 21.5) < 1]).toEqual([one.name, true])
    expect([one.name, one.head < 0.08 && one.tail < 0.08]).toEqual([one.name, true])
  }
})
