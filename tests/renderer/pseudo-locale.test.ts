import { createIntl } from 'react-intl'
import { expect, test } from 'vitest'
import en from '#renderer/messages/en.json' with { type: 'json' }
import { pseudo } from '#tests/renderer/pseudo-locale.ts'

test('the pseudo language changes every letter, makes texts longer, and leaves what is filled in', () => {
  const messages = Object.fromEntries(Object.entries(en).map(([key, text]) => [key, pseudo(text)]))
  const intl = createIntl({ locale: 'en-GB', messages })
  expect(intl.formatMessage({ id: 'today.title' })).toBe(pseudo(en['today.title']))
  expect(pseudo('{count, plural, one {# slip} other {# slips}} of {label}')).toBe(
    '{count, plural, one {# šľììþ} other {# šľììþš}} òòƒ {label}',
  )
})
