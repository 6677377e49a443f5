import { createIntl } from 'react-intl'
import { expect, test } from 'vitest'
import en from '#renderer/messages/en.json' with { type: 'json' }
import { cutOffText } from '#tests/renderer/cut-off-text.ts'
import { pseudo } from '#tests/renderer/pseudo-locale.ts'
import { catalogue } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { changeLanguage, openState, STATES } from '#tests/renderer/screens/index.ts'
import { untranslatedText } from '#tests/renderer/untranslated-text.ts'

const show = screenSuite({ build: 'pseudo' })

test('the pseudo language changes every letter, makes texts longer, and leaves what is filled in', () => {
  const messages = Object.fromEntries(Object.entries(en).map(([key, text]) => [key, pseudo(text)]))
  const intl = createIntl({ locale: 'en-GB', messages })
  expect(intl.formatMessage({ id: 'today.title' })).toBe(pseudo(en['today.title']))
  expect(pseudo('{count, plural, one {# slip} other {# slips}} of {label}')).toBe(
    '{count, plural, one {# šľììþ} other {# šľììþš}} òòƒ {label}',
  )
})

test.each(STATES)('$title says nothing that is not translated, and has room for a longer language', async (state) => {
  const shown = await openState(show, state, { reducedMotion: 'reduce' })
  const { page } = shown
  expect(await cutOffText(page), 'cut off in Indonesian').toEqual([])
  await changeLanguage(page, 'en')
  expect(await untranslatedText(shown, { catalogue, ...state.topics() }), 'not translated').toEqual([])
  // A screen that broke takes no new title.
  if (!state.complains) expect(await page.title()).toContain(pseudo(en['app.name']))
  expect(await cutOffText(page), 'cut off in the longer language').toEqual([])
})
