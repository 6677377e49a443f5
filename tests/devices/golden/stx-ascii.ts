import { type GoldenCase, text } from '#tests/devices/golden-case.ts'
import { number } from '#tests/devices/samples.ts'

const B1234 = { text: 'B-1234', prefix: 'B', digits: '1234' }

export const golden: GoldenCase[] = [
  {
    what: "the manual's example for an ED400: 1234 at address 01",
    params: {},
    state: number(B1234),
    init: [],
    frames: [`02${text('011234')}03`],
  },
  {
    what: 'an ED400 with fewer digits than places',
    params: { address: '07' },
    state: number(),
    frames: [`02${text('07 012')}03`],
  },
  { what: 'an ED400 with nobody called', params: {}, state: { kind: 'idle' }, frames: [`02${text('01   -')}03`] },
  { what: 'a dark ED400', params: {}, state: { kind: 'closed' }, frames: [`02${text('01    ')}03`] },
  {
    what: 'an FDS display: line 2, brightness 1, with its letter',
    params: { dialect: 'fds', line: '2', brightness: 1, characters: 8 },
    state: number(),
    frames: [`02${text('21A012    ')}0a`],
  },
  {
    what: "FDS's own flashing, three times",
    params: { dialect: 'fds', flashCommand: true },
    state: number(undefined, true),
    frames: [`02${text('13^fs 3 1^A012^fe^')}0a`],
  },
  {
    what: "FDS's own flashing, which counts to nine",
    params: { dialect: 'fds', flashCommand: true, blinks: 10 },
    state: number(undefined, true),
    frames: [`02${text('13^fs 9 1^A012^fe^')}0a`],
  },
  {
    what: 'words without the character that begins a command',
    params: { dialect: 'fds', characters: 8, idleText: 'MPP^2026' },
    state: { kind: 'idle' },
    frames: [`02${text('13MPP?2026')}0a`],
  },
]
