/** From the browser's own time stamp of a press to the moment after the frame that shows its result. */
import type { Page } from 'playwright-core'

/** Some element matches, with these words in it; or none does. */
export type Shown = { selector: string; words?: string; gone?: boolean }

type Watch = { arm(shown: Shown): void; result: Promise<number> }

export async function installWatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch: Watch = {
      result: Promise.reject(new Error('nothing was watched')),
      arm({ selector, words = '', gone = false }) {
        const { promise, resolve } = Promise.withResolvers<number>()
        watch.result = promise
        const isShown = () => [...document.querySelectorAll(selector)].some((one) => one.textContent?.includes(words))
        const onPress = ({ timeStamp }: Event) => {
          for (const kind of ['pointerdown', 'keydown']) window.removeEventListener(kind, onPress, { capture: true })
          const look = () => {
            if (isShown() === gone) return void requestAnimationFrame(look)
            // A message comes after the frame that was just prepared.
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve(performance.now() - timeStamp)
            port2.postMessage(null)
          }
          requestAnimationFrame(look)
        }
        for (const kind of ['pointerdown', 'keydown']) window.addEventListener(kind, onPress, { capture: true })
      },
    }
    watch.result.catch(() => {})
    Object.assign(window, { watch })
  })
}

/** Milliseconds from the press that `press` makes to the painted result. */
export async function painted(page: Page, shown: Shown, press: () => Promise<unknown>): Promise<number> {
  await page.evaluate((what) => (window as unknown as { watch: Watch }).watch.arm(what), shown)
  await press()
  return page.evaluate(() => (window as unknown as { watch: Watch }).watch.result)
}
