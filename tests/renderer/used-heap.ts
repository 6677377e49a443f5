/** What the page's scripts still hold after everything that can be let go was. */
import type { Page } from 'playwright-core'

export async function usedHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  // What one collection finalises the next one frees.
  for (let n = 0; n < 3; n += 1) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
