import { type GoldenCase, text } from '#tests/devices/golden-case.ts'
import { number } from '#tests/devices/samples.ts'

const lines = (upper: string, lower: string) => `1f240101${text(upper.padEnd(20))}1f240102${text(lower.padEnd(20))}`

export const golden: GoldenCase[] = [
  {
    what: 'a number with its counter, after initialising',
    params: { brightness: 3 },
    state: number(),
    init: ['1b401f011f43001f58030c'],
    frames: [`${lines('ANTREAN A-012', 'LOKET 3')}1f4500`],
  },
  {
    what: 'blinking of 400 ms, as steps of 50 ms',
    params: {},
    state: number(undefined, true),
    frames: [`${lines('ANTREAN A-012', 'LOKET 3')}1f4508`],
  },
  {
    what: 'an idle counter',
    params: {},
    state: { kind: 'idle' },
    frames: [`${lines('SELAMAT DATANG', 'SILAKAN MENUNGGU')}1f4500`],
  },
]
