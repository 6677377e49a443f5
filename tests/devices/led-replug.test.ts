/** The suite of npm run bench that pulls and replaces a display's cable a thousand times, in a small size. */
import { expect, test } from 'vitest'
import { replug } from '#tests/bench/replug.ts'
import { hasPeers } from '#tests/support/peers.ts'

test.skipIf(!hasPeers('socat') || process.platform !== 'linux')(
  'thirty times unplugged and plugged in, a display shows the newest number each time and no file stays open',
  async () => {
    const figures = await replug({ cycles: 25, warmUp: 5, sampleEvery: 5 })
    expect(figures.map(({ name }) => name)).toEqual(['led.replug.rss', 'led.replug.growth', 'led.replug.p99'])
    expect(figures.every(({ value, runs }) => Number.isFinite(value) && runs === 25)).toBe(true)
  },
)
