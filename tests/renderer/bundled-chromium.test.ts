import { arch, platform } from 'node:os'
import { test } from 'vitest'
import { launchBundledChromium } from '#tests/renderer/browser.ts'
import { openCounter } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

// The package carries a browser for this system only; elsewhere an installed one is used.
const carried = platform() === 'linux' && arch() === 'x64'

if (carried) {
  const show = screenSuite({ launch: launchBundledChromium })

  test('the browser inside the npm package shows the desk on a machine that has no other', async () => {
    const { page } = await show({ desk: openCounter() })
    await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
  })
} else {
  test.skip('the browser inside the npm package runs on Linux x64 only')
}
