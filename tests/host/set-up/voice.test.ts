/** A draft of the voice is heard before it is saved. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DeskClient } from '#contract/desk-api.ts'
import { ROOT } from '#scripts/root.ts'
import { NO_DEVICES, newPc } from '#tests/host/set-up/new-pc.ts'
import { must, openMall } from '#tests/support/mall.ts'

/** The folder of the mall's own clips, which nobody makes but the mall. */
function ownClip(dataDir: string, name: string, bytes: Buffer | string): void {
  mkdirSync(join(dataDir, 'voice/id'), { recursive: true })
  writeFileSync(join(dataDir, 'voice', name), bytes)
}

describe('a voice', () => {
  const DRAFT = { zone: 'barat', volume: 35, chime: true, reading: 'number', languages: 'id', repeats: 3 }
  const BARAT = { id: 'barat', name: 'Barat', speakerId: 'penerima-1', counterIds: ['samsat-1', 'polres-1'] }
  const sample = (client: DeskClient, voice: Record<string, unknown>) =>
    must(client.invoke('devices.tryVoice', { voice }))
  const wordsOf = ({ announcement }: Awaited<ReturnType<typeof sample>>) => announcement.clips.map(({ name }) => name)

  test('is heard once as the draft wants it, at an invented counter before the PC is enrolled', async () => {
    const { client } = newPc()
    const heard = await sample(client, DRAFT)
    const number = ['id/nomor-antrean', 'id/huruf-a', 'id/dua', 'id/belas']
    expect(wordsOf(heard)).toEqual(['id/bel', ...number, 'id/silakan-menuju-loket', 'id/tiga'])
    expect(heard.announcement.volume).toBe(35)
    expect(heard.announcement.clips.every(({ isOptional }) => !isOptional)).toBe(true)
    expect(heard.clips.map(({ name }) => name)).toEqual(wordsOf(heard))
    for (const { name, data } of heard.clips) {
      expect(Buffer.from(data, 'base64')).toEqual(readFileSync(join(ROOT, 'voice', `${name}.opus`)))
    }
    const other = await sample(client, { zone: 'x', reading: 'digits', languages: 'id+en', chime: false })
    const digits = ['id/nomor-antrean', 'id/huruf-a', 'id/nol', 'id/satu', 'id/dua']
    const english = ['en/number', 'en/letter-a', 'en/zero', 'en/one', 'en/two', 'en/please-proceed-to-counter']
    expect(wordsOf(other)).toEqual([...digits, 'id/silakan-menuju-loket', 'id/tiga', ...english, 'en/three'])
    expect(other.announcement.volume).toBe(80)
  })

  test('names this counter, and the first one of its zone at a front desk', async () => {
    const mall = await openMall((config) => ({ ...config, zones: [BARAT] }))
    const counter = await mall.desk('polres-1', { officerId: 'teknisi' })
    expect(wordsOf(await sample(counter.client, DRAFT)).slice(-2)).toEqual(['id/dua', 'id/belas'])
    const front = await mall.desk('penerima-1', { officerId: 'teknisi' })
    expect(wordsOf(await sample(front.client, DRAFT)).slice(-1)).toEqual(['id/sepuluh'])
  })

  test('is that of the mall where it has recorded its own, but for a file that is no sound', async () => {
    const mall = await openMall()
    const { client, dataDir } = await mall.desk('polres-1', { officerId: 'teknisi' })
    ownClip(dataDir, 'id/belas.wav', 'RIFF....WAVE own')
    ownClip(dataDir, 'id/dua.wav', 'halo')
    ownClip(dataDir, 'id/agency-polres.ogg', 'OggS own')
    const { announcement, clips } = await sample(client, DRAFT)
    expect(announcement.clips.at(-1)).toMatchObject({ name: 'id/agency-polres', isOptional: true })
    const soundOf = (name: string) => Buffer.from(clips.find((clip) => clip.name === name)?.data ?? '', 'base64')
    expect(soundOf('id/belas').toString()).toBe('RIFF....WAVE own')
    expect(soundOf('id/agency-polres').toString()).toBe('OggS own')
    expect(soundOf('id/dua')).toEqual(readFileSync(join(ROOT, 'voice/id/dua.opus')))
    // "dua" is said twice and sent once.
    expect(clips.filter(({ name }) => name === 'id/dua')).toHaveLength(1)
  })

  test('leaves what this PC says and how it does so as it was', async () => {
    const { client, dataDir } = newPc()
    await must(client.invoke('devices.save', { profile: NO_DEVICES }))
    const before = readFileSync(join(dataDir, 'profile.json'), 'utf8')
    const offered: unknown[] = []
    client.subscribe('announcement', (value) => offered.push(value))
    await sample(client, DRAFT)
    expect(readFileSync(join(dataDir, 'profile.json'), 'utf8')).toBe(before)
    expect(offered.filter((value) => value !== null)).toEqual([])
  })

  test.each([
    ['no zone', { volume: 10 }, 'zone'],
    ['more than all of its volume', { zone: 'barat', volume: 101 }, 'volume'],
    ['a language that nobody recorded', { zone: 'barat', languages: 'jv' }, 'languages'],
  ])('with %s is refused with the place', async (_, voice, at) => {
    const answer = await newPc().client.invoke('devices.tryVoice', { voice })
    expect(answer).toEqual({ ok: false, code: 'PROFILE_WRONG', detail: { at, rule: expect.stringMatching(/./) } })
  })
})
