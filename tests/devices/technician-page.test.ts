/** docs/perangkat.md is what a technician sets devices up from: it must be complete, and its examples must work. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { LedProfile, ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'
import { hexPreview } from '#main/host/devices/led/hex-preview.ts'
import { CHECKSUMS } from '#main/host/devices/led/template/checksums.ts'
import { PRESETS } from '#main/host/devices/led/template/presets.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { DeviceIdentity } from '#main/host/devices/serial/device-identity.ts'
import { BUILT_IN_CLIPS } from '#main/host/devices/voice/clip-names.ts'
import { VoiceProfile } from '#main/host/devices/voice/voice-profile.ts'
import { parseProfile } from '#main/host/profile.ts'
import id from '#renderer/messages/id.json' with { type: 'json' }
import { A012, number } from '#tests/devices/samples.ts'

const page = readFileSync(new URL('../../docs/perangkat.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json ?? ''))

function preview(index: number, state = number()) {
  const { driver, params } = LedProfile.parse(examples[index].displays[0])
  return hexPreview(ledDriver(driver), params, state).state
}

test('all of its examples are accepted as they stand', () => {
  expect(examples).toHaveLength(8)
  for (const example of examples) parseProfile(example)
})

describe.each(ledDriverIds)('for %s it names', (id) => {
  test('the driver, every parameter, and every choice that a parameter has', () => {
    const { properties = {} } = z.toJSONSchema(ledDriver(id).parameters, { io: 'input' })
    const fields = Object.values(properties).filter((field) => typeof field === 'object')
    const choices = fields.flatMap(({ enum: values = [] }) => values.filter((value) => typeof value === 'string'))
    const words = [id, ...Object.keys(properties), ...choices]
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([])
  })
})

test('it names every way to a printer and every setting of each', () => {
  const kinds = PrinterProfile.shape.transport.options
  expect(kinds.length).toBeGreaterThan(4)
  const words = kinds.flatMap(({ shape }) => [shape.kind.value, ...Object.keys(shape).filter((key) => key !== 'kind')])
  expect(words.filter((word) => !page.includes(`\`${word}\``) && !page.includes(`"${word}"`))).toEqual([])
})

test('it names every preset and every check sum of the templates', () => {
  expect(Object.keys(PRESETS).filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  expect(Object.keys(CHECKSUMS).filter((name) => !page.includes(`\`{${name}}\``))).toEqual([])
})

test('its own register map writes letters in pairs, and the flash by itself', () => {
  expect(preview(3, number(A012, true)).map((frame) => frame.slice(0, -6))).toEqual([
    '01 10 00 00 00 03 06 41 30 31 32 20 20',
    '01 06 00 28 00 01',
  ])
})

test('its first template sends the bytes that stand beside it', () => {
  const [frame = ''] = preview(4)
  expect(frame).toBe('02 05 30 30 31 32 06 03')
  expect(page).toContain(`\`${frame}\``)
})

test('its second template blinks by command', () => {
  const text = Buffer.from('A012 LOKET 3\r').toString('hex').toUpperCase().match(/../g)?.join(' ')
  expect(preview(5)).toEqual(['0C', text, '1B 4E'])
  expect(preview(5, number(A012, true))).toEqual(['0C', text, '1B 46'])
})

test('it names all that a set-up may know of an adapter', () => {
  expect(Object.keys(DeviceIdentity.shape).filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('it explains every code that the desk shows of a device', () => {
  const codes = Object.keys(id).flatMap((key) => /^error\.((?:LED|PRINTER|PRINT)_.+)/.exec(key)?.[1] ?? [])
  expect(codes.length).toBeGreaterThan(15)
  expect(codes.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([])
})

test('it names every setting of the voice and every clip that a mall may record', () => {
  const settings = Object.keys(VoiceProfile.shape)
  const clips = [...BUILT_IN_CLIPS].map((clip) => clip.replace(/^(id|en)\//, ''))
  const named = clips.filter((clip) => !/^(huruf|letter)-[b-y]$/.test(clip))
  expect(named.length).toBeGreaterThan(50)
  expect([...settings, ...named].filter((word) => !page.includes(`\`${word}\``))).toEqual([])
})
