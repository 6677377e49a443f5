import { expect, test } from 'vitest'
import { ROUTES } from '#renderer/app/routes.tsx'
import { DIALOGS } from '#renderer/desk/dialogs.tsx'
import { QUESTIONS } from '#tests/renderer/screens/desk-questions.ts'
import { SCREENS, STATES } from '#tests/renderer/screens/index.ts'

test('every screen of the window has states that the tests look at, each with a name of its own', () => {
  expect(Object.keys(SCREENS).sort()).toEqual(Object.keys(ROUTES).sort())
  expect(Object.entries(SCREENS).flatMap(([route, states]) => (states.length === 0 ? [route] : []))).toEqual([])
  expect(new Set(STATES.map(({ title }) => title)).size).toBe(STATES.length)
})

test('every question of the desk is among them', () => {
  expect(Object.keys(QUESTIONS).sort()).toEqual(Object.keys(DIALOGS).sort())
  expect(Object.entries(QUESTIONS).flatMap(([dialog, states]) => (states.length === 0 ? [dialog] : []))).toEqual([])
})
