import type { GoldenCase } from '#tests/devices/golden-case.ts'
import { number } from '#tests/devices/samples.ts'

const B1234 = { text: 'B-1234', prefix: 'B', digits: '1234' }
const C50 = { text: 'C-50', prefix: 'C', digits: '50' }
const D2468 = { text: 'D-2468', prefix: 'D', digits: '2468' }

/** The CRCs that no vendor gave were computed apart from the driver, bit by bit with polynomial A001. */
export const golden: GoldenCase[] = [
  {
    what: "the vendor's 50 in one register",
    params: { profile: 'own', map: [{ holds: 'number', register: 0, function: 6 }] },
    state: number(C50),
    init: [],
    frames: ['010600000032081f'],
  },
  {
    what: "the vendor's 1234 in one register",
    params: { profile: 'own', map: [{ holds: 'number', register: 0, function: 6 }] },
    state: number(B1234),
    frames: ['0106000004d20b57'],
  },
  {
    what: "the vendor's 2468 with its point and brightness 1",
    params: {
      profile: 'own',
      map: [
        { holds: 'number', register: 0 },
        { holds: 'fixed', register: 1, value: 3 },
        { holds: 'fixed', register: 2, value: 1 },
      ],
    },
    state: number(D2468),
    frames: ['0110000000030609a400030001a600'],
  },
  {
    what: 'a dm36 module: right-aligned, one character in each register',
    params: { unit: 7 },
    state: number(),
    frames: ['0710000000060c0020002000410030003100327144'],
  },
  {
    what: 'a tm1650 module: number, point, brightness 1 together, then flash on',
    params: { profile: 'tm1650', brightness: 1 },
    state: number(undefined, true),
    frames: ['01100000000306000c000000013741', '010600030001b80a'],
  },
  {
    what: 'an Embedded Art card with two lines, two characters in each register',
    params: { profile: 'embedded-art', secondLine: true },
    state: number(),
    frames: ['011003e800040841303132202020200a90', '011007d0000408332020202020202089f5'],
  },
  {
    what: 'an Embedded Art card with one character in each register',
    params: { profile: 'embedded-art', perRegister: 1, characters: 4 },
    state: number(),
    frames: ['011003e800040800410030003100321182'],
  },
  {
    what: 'own digits, one frame each, the last digit in the first register, dark places as 15',
    params: {
      profile: 'own',
      map: [{ holds: 'digits', register: 10, count: 4, first: 'right', blank: 15, function: 6 }],
    },
    state: number(),
    frames: ['0106000a00022809', '0106000b000139c8', '0106000c000049c9', '0106000d000f580d'],
  },
  {
    what: 'own characters, the last one in the first register',
    params: { profile: 'own', map: [{ holds: 'characters', register: 0, count: 5, first: 'right' }] },
    state: number(),
    frames: ['0110000000050a003200310030004100207d92'],
  },
  {
    what: 'an own number of two words, the low one first',
    params: { profile: 'own', map: [{ holds: 'number', register: 20, words: 2, first: 'low', highest: 999_999 }] },
    state: number({ text: 'E-100000', prefix: 'E', digits: '100000' }),
    frames: ['0110001400020486a000011bfa'],
  },
]
