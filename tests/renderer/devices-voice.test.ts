/** A sample of the voice in a real browser, with the clips that come with Loket: what is heard, and what is said when nothing is. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { askedOf, PROFILE } from '#tests/renderer/fake-devices.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'
import { announcement, heardIn, listen, soundsOf } from '#tests/renderer/loudspeaker.ts'
import { openDevices, section } from '#tests/renderer/open-devices.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const VOICE = { zone: 'lantai-1', volume: 80, repeats: 2, chime: true, reading: 'number', languages: 'id' }
const SAMPLE = announcement('A-012', '3')

const hear = (page: Page) => page.getByRole('button', { name: 'Dengarkan contoh' })
const stop = (page: Page) => page.getByRole('button', { name: 'Hentikan contoh' })

/** The sample is one word long unless a test says otherwise. */
const WORD = { ...SAMPLE, clips: [{ name: 'id/satu', pauseMs: 20, isOptional: false }] }

function sampleOf(host: FakeHost, sample: typeof SAMPLE, names = sample.clips.map(({ name }) => name)) {
  host.answer('devices.tryVoice', ({ voice }) => {
    const { volume } = voice as typeof VOICE
    return { ok: true, data: { announcement: { ...sample, volume }, clips: soundsOf([...new Set(names)]) } }
  })
}

async function openVoice(): Promise<{ host: FakeHost; page: Page }> {
  const { host, page } = await openDevices(show, { profile: { ...PROFILE, voice: VOICE } })
  await section(page, 'Suara')
  await page.evaluate(listen)
  return { host, page }
}

const loudest = async (page: Page, from = 0) =>
  Math.max(0, ...(await heardIn(page)).loudness.slice(from).map(({ level }) => level))

async function expectSilence(page: Page): Promise<void> {
  // What still sounded a moment ago is in the last window that was listened to.
  await page.waitForTimeout(100)
  const from = (await heardIn(page)).loudness.length
  await page.waitForTimeout(400)
  expect((await heardIn(page)).loudness.length).toBeGreaterThan(from + 5)
  expect(await loudest(page, from)).toBeLessThan(0.001)
}

describe('a sample of the voice', () => {
  test('is asked for with the draft and heard word by word with its pauses, with nothing saved', async () => {
    const { host, page } = await openVoice()
    sampleOf(host, SAMPLE)
    await page.getByText('A nol satu dua').click()
    await page.getByLabel('Volume').focus()
    await page.keyboard.press('ArrowLeft')
    await hear(page).click()
    await stop(page).waitFor()
    await hear(page).waitFor()
    expect(askedOf(host, 'devices.tryVoice')).toEqual([{ voice: { ...VOICE, reading: 'digits', volume: 75 } }])
    const { scheduled, ended } = await heardIn(page)
    expect(scheduled).toHaveLength(SAMPLE.clips.length)
    expect(ended).toBe(SAMPLE.clips.length)
    for (const [index, { at, seconds }] of scheduled.slice(0, -1).entries()) {
      const pause = (SAMPLE.clips[index]?.pauseMs ?? 0) / 1_000
      expect(scheduled[index + 1]?.at).toBeCloseTo(at + seconds + pause, 4)
    }
    expect(await loudest(page)).toBeGreaterThan(0.02)
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(0)
    expect(askedOf(host, 'devices.save')).toEqual([])
  })

  test('is as loud as the draft', async () => {
    const { host, page } = await openVoice()
    sampleOf(host, WORD)
    await page.getByLabel('Volume').fill('10')
    await hear(page).click()
    await expect.poll(async () => (await heardIn(page)).ended).toBe(1)
    await hear(page).waitFor()
    const quiet = await loudest(page)
    await page.getByLabel('Volume').fill('100')
    await hear(page).click()
    await expect.poll(async () => (await heardIn(page)).ended).toBe(2)
    expect((await loudest(page)) / quiet).toBeGreaterThan(5)
  })

  test('falls silent when the button is pressed again, which keeps the focus, and can be heard once more', async () => {
    const { host, page } = await openVoice()
    sampleOf(host, SAMPLE)
    await hear(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => loudest(page)).toBeGreaterThan(0.02)
    await page.keyboard.press('Enter')
    await hear(page).waitFor({ timeout: 1_000 })
    await expectSilence(page)
    expect(await hear(page).evaluate((button) => button === document.activeElement)).toBe(true)
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(0)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await heardIn(page)).scheduled.length).toBe(2 * SAMPLE.clips.length)
  })

  test('does not outlast its section, nor begins after it', async () => {
    const { host, page } = await openVoice()
    sampleOf(host, SAMPLE)
    await hear(page).click()
    await expect.poll(() => loudest(page)).toBeGreaterThan(0.02)
    await section(page, 'Pencetak')
    await expectSilence(page)
    await section(page, 'Suara')
    const { promise, resolve } = Promise.withResolvers<void>()
    host.answer('devices.tryVoice', async () => {
      await promise
      return { ok: true, data: { announcement: WORD, clips: soundsOf(['id/satu']) } }
    })
    await hear(page).click()
    await expect.poll(() => askedOf(host, 'devices.tryVoice')).toHaveLength(2)
    await section(page, 'Pencetak')
    resolve()
    await page.waitForTimeout(400)
    expect((await heardIn(page)).scheduled).toHaveLength(SAMPLE.clips.length)
  })

  test('neither cuts nor holds up a call that is spoken meanwhile', async () => {
    const { host, page } = await openVoice()
    sampleOf(host, WORD)
    host.answer('voice.clips', ({ names }) => ({ ok: true, data: { clips: soundsOf(names as string[]) } }))
    host.answer('voice.begin', () => DONE)
    host.answer('voice.ended', () => DONE)
    host.show('desk', { voice: { state: 'ready', code: null, detail: null, where: null } })
    const call = announcement('B-007', '4')
    host.show('announcement', { ...call, id: 'call' })
    await expect.poll(() => askedOf(host, 'voice.begin')).toHaveLength(1)
    await hear(page).click()
    await expect.poll(async () => (await heardIn(page)).scheduled.length).toBe(call.clips.length + 1)
    await hear(page).waitFor()
    await hear(page).click()
    await stop(page).click()
    await expect.poll(() => askedOf(host, 'voice.ended'), { timeout: 20_000 }).toEqual([{ id: 'call', wasHeard: true }])
    expect((await heardIn(page)).ended).toBeGreaterThanOrEqual(call.clips.length + 1)
  })
})

describe('a sample that cannot be heard', () => {
  test('names the recordings that are no sound or not there, and leaves out what may be', async () => {
    const { host, page } = await openVoice()
    const agency = { name: 'id/agency-polres', pauseMs: 20, isOptional: true }
    const clips = [...SAMPLE.clips, agency]
    const noSound = ['id/dua', agency.name].map((name) => ({
      name,
      data: Buffer.from('RIFF....WAVE').toString('base64'),
    }))
    const rest = SAMPLE.clips.map(({ name }) => name).filter((name) => !['id/dua', 'id/belas'].includes(name))
    host.answer('devices.tryVoice', () => ({
      ok: true,
      data: { announcement: { ...SAMPLE, clips }, clips: [...noSound, ...soundsOf(rest)] },
    }))
    // The button stands at the end of what can be seen.
    await page.setViewportSize({ width: 1366, height: 660 })
    await hear(page).click()
    await page.getByText('Rekaman id/dua, id/belas tidak dapat diputar.').waitFor()
    const code = page.getByText('Kode: VOICE_CLIP_BROKEN')
    const visible = (element: Element) =>
      new Promise<number>((resolve) => {
        new IntersectionObserver(([entry]) => resolve(entry?.intersectionRatio ?? 0)).observe(element)
      })
    await expect.poll(() => code.evaluate(visible)).toBe(1)
    expect((await heardIn(page)).scheduled).toEqual([])
    sampleOf(host, { ...WORD, clips: [...WORD.clips, agency] }, ['id/satu'])
    await hear(page).click()
    await expect.poll(async () => (await heardIn(page)).ended).toBe(1)
    await hear(page).waitFor()
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(0)
  })

  test.each([
    ['whose clock stands still', noClock],
    ['that fails under way', failing],
  ])('on a sound device %s says so, and the button is there again', async (_, device) => {
    const { host, page } = await openVoice()
    sampleOf(host, SAMPLE)
    await page.evaluate(device)
    await hear(page).click()
    await page.getByText('Contoh tidak dapat dibunyikan.').waitFor()
    await page.getByText('Kode: VOICE_SILENT').waitFor()
    await hear(page).waitFor({ timeout: 1_000 })
  })

  test('because the host refuses the draft or does not answer says why', async () => {
    const { host, page } = await openVoice()
    const detail = { at: 'volume', rule: 'paling besar 100' }
    host.answer('devices.tryVoice', () => ({ ok: false, code: 'PROFILE_WRONG', detail }))
    await hear(page).click()
    await page.getByText('volume: paling besar 100').waitFor()
    host.answer('devices.tryVoice', () => ({ ok: false, code: 'INTERNAL' }))
    await hear(page).click()
    await page.getByText('Kode: INTERNAL').waitFor()
    await page.getByText('volume: paling besar 100').waitFor({ state: 'detached' })
    expect((await heardIn(page)).scheduled).toEqual([])
  })
})

/** Runs in the page: no output begins. */
function noClock(): void {
  window.AudioContext = class extends AudioContext {
    constructor() {
      super()
      void this.suspend()
    }
  }
}

/** Runs in the page: what a browser tells when the device is pulled out. */
function failing(): void {
  window.AudioContext = class extends AudioContext {
    constructor() {
      super()
      setTimeout(() => this.dispatchEvent(new Event('error')), 300)
    }
  }
}
