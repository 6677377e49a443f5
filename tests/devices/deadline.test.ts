/** Calls that Windows does not answer: how many are out is known, and nothing is begun before all of them are back. */
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDeadline, LateCall } from '#main/host/devices/printer/windows/deadline.ts'

function call() {
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  return { finished, finish }
}

test('with two late calls the first one that is back does not speak for the other', async () => {
  const within = createDeadline()
  const [one, other] = [call(), call()]
  const waiting = [within(5, () => one.finished), within(5, () => other.finished)]
  for (const each of waiting) await expect(each).rejects.toThrow(LateCall)
  one.finish()
  await delay(0)
  let begun = false
  const third = () =>
    within(100, async () => {
      begun = true
    })
  await expect(third()).rejects.toThrow('an earlier call')
  expect(begun).toBe(false)
  other.finish()
  await delay(0)
  await third()
  expect(begun).toBe(true)
})

test('however calls end, one is begun exactly when none is late', async () => {
  const steps = fc.array(fc.nat(5), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), steps, async (count, finishing) => {
      const within = createDeadline()
      const calls = Array.from({ length: count }, call)
      await Promise.allSettled(calls.map(({ finished }) => within(1, () => finished)))
      const out = new Set(calls)
      for (const finishes of finishing) {
        const back = calls[finishes % count]
        back?.finish()
        if (back) out.delete(back)
        await delay(0)
        const began = await within(50, async () => true).catch(() => false)
        expect(began).toBe(out.size === 0)
      }
    }),
    { numRuns: 30 },
  )
})
