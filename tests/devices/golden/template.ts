import { type GoldenCase, text } from '#tests/devices/golden-case.ts'
import { number } from '#tests/devices/samples.ts'

const SPACES = text(' '.repeat(20))

export const golden: GoldenCase[] = [
  { what: 'a line of plain text', params: {}, state: number(), init: [], frames: [`${text('A-012')}0d0a`] },
  {
    what: 'AEDEX',
    params: { preset: 'aedex' },
    state: number(),
    frames: [`212331${text('ANTREAN A-012       ')}0d212332${text('LOKET 3             ')}0d`],
  },
  {
    what: 'AEDEX, words on the upper line',
    params: { preset: 'aedex', closedText: 'TUTUP' },
    state: { kind: 'closed' },
    frames: [`212331${text('TUTUP               ')}0d212332${SPACES}0d`],
  },
  {
    what: 'ADM-787',
    params: { preset: 'adm-787' },
    state: number(),
    init: ['0c'],
    frames: [`0e${text('ANTREAN A-012       ')}0d0f${text('LOKET 3             ')}0d`],
  },
  {
    what: 'DSP-800: cursor to 1, then to 21',
    params: { preset: 'dsp-800' },
    state: number(),
    init: ['040143315817'],
    frames: [`0401503117${text('ANTREAN A-012       ')}0401504517${text('LOKET 3             ')}`],
  },
  {
    what: 'Serial7Segment: brightness 100 after clearing, digits from the left place',
    params: { preset: 'serial7segment', brightness: 100 },
    state: number(),
    init: ['76', '7a64'],
    frames: [`7900${text(' 012')}`],
  },
  {
    isReadable: false,
    what: 'a frame with address, packed digits and the CRC of Modbus over both',
    params: { show: '\\x02{(}{addr:bin8}{number:bcd}{)}{crc16-modbus}\\x03', clear: '\\x0C', addr: '5' },
    state: number(),
    // CRC-16/MODBUS of 05 00 12, computed bit by bit apart from the driver: CCE1.
    frames: ['02050012e1cc03'],
  },
  {
    isReadable: false,
    what: 'two pieces with a pause between, and a text that says itself whether it blinks',
    params: { show: 'S{delay:100}{blink?B:T}{prefix}{number:06}', clear: 'C' },
    state: number(undefined, true),
    frames: [text('S'), text('BA000012')],
  },
  {
    what: 'own commands to begin and to end blinking',
    params: { show: '{number}', message: '{text}', blinkOn: '\\x1BF', blinkOff: '\\x1BN' },
    state: { kind: 'idle' },
    frames: ['1b4e', text('SELAMAT DATANG')],
  },
]
