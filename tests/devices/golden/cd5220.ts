import { type GoldenCase, text } from '#tests/devices/golden-case.ts'
import { number } from '#tests/devices/samples.ts'

const lines = (upper: string, lower: string) => `1b5141${text(upper.padEnd(20))}0d1b5142${text(lower.padEnd(20))}0d`

export const golden: GoldenCase[] = [
  {
    what: 'a number with its counter, after initialising',
    params: { brightness: 2 },
    state: number(),
    init: ['0c1b401b2a020c'],
    frames: [lines('ANTREAN A-012', 'LOKET 3')],
  },
  { what: 'a closed counter', params: {}, state: { kind: 'closed' }, frames: [lines('LOKET TUTUP', '')] },
  {
    what: 'a pause in own words',
    params: { pausedUpper: 'SHOLAT', pausedLower: 'KEMBALI 12.30' },
    state: { kind: 'paused' },
    frames: [lines('SHOLAT', 'KEMBALI 12.30')],
  },
  {
    what: 'one blink, between the number and the number',
    params: { blinks: 1 },
    state: number(undefined, true),
    frames: [lines('ANTREAN A-012', 'LOKET 3'), lines('', ''), lines('ANTREAN A-012', 'LOKET 3')],
  },
  {
    what: 'a number that fits only without the word before it',
    params: {},
    state: number({ text: 'ABC-0123456789', prefix: 'ABC', digits: '0123456789' }),
    frames: [lines('ABC-0123456789', 'LOKET 3')],
  },
]
