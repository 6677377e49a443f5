/** In both languages everything can be read, and nothing is said that no catalogue translates. The page shows the pseudo build. */
import { expect } from 'vitest'
import en from '#renderer/messages/en.json' with { type: 'json' }
import { cutOffText } from '#tests/renderer/cut-off-text.ts'
import { pseudo } from '#tests/renderer/pseudo-locale.ts'
import { catalogue } from '#tests/renderer/sample-screens.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'
import { changeLanguage, type NamedState } from '#tests/renderer/screens/index.ts'
import { untranslatedText } from '#tests/renderer/untranslated-text.ts'

/** The page is in Indonesian; afterwards it is in the pseudo language. */
export async function expectTranslated(shown: Shown, state: NamedState): Promise<void> {
  const { page } = shown
  expect(await cutOffText(page), 'cut off in Indonesian').toEqual([])
  await changeLanguage(page, 'en')
  expect(await untranslatedText(shown, { catalogue, ...state.topics() }), 'not translated').toEqual([])
  // A screen that broke takes no new title.
  if (!state.complains) expect(await page.title()).toContain(pseudo(en['app.name']))
  expect(await cutOffText(page), 'cut off in the longer language').toEqual([])
}
