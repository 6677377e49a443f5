import { type GoldenCase, text } from '#tests/devices/golden-case.ts'
import { number } from '#tests/devices/samples.ts'

/** The sums were added by hand: for the first 02+41+30+1B+26+62+41+30+31+32+03 = 01ED. */
export const golden: GoldenCase[] = [
  {
    what: 'the known frame for A012 at sign 05, bottom line',
    params: { address: '05', position: 'bottom' },
    state: number(),
    init: [],
    frames: ['0000000000015a30350241301b266241303132033031454404'],
  },
  {
    what: 'a flashing number for every sign, without a check sum',
    params: { checksum: false },
    state: number(undefined, true),
    frames: [`000000000001${text('Z00')}02${text('A0')}1b20${text('cA012')}04`],
  },
  {
    what: 'the counter behind the number where both fit',
    params: { checksum: false, counterWord: 'LOKET' },
    state: number(),
    frames: [`000000000001${text('Z00')}02${text('A0')}1b20${text('bA012 LOKET 3')}04`],
  },
  {
    what: 'a closed counter in own words',
    params: { checksum: false, closedText: 'ISTIRAHAT' },
    state: { kind: 'closed' },
    frames: [`000000000001${text('Z00')}02${text('A0')}1b20${text('bISTIRAHAT')}04`],
  },
]
