import { expect, test } from 'vitest'
import { builtRenderer } from '#tests/renderer/built-renderer.ts'
import { firstLoad } from '#tests/renderer/first-load.ts'

const KB = 1024

test('what loads before the first screen stays small, and its font is one file', async () => {
  const { files, codeBytes, fontBytes } = firstLoad(await builtRenderer())
  expect(files.map((name) => name.split('.').at(-1)).sort()).toEqual(expect.arrayContaining(['css', 'js']))
  expect(files.some((name) => name.startsWith('devices-screen'))).toBe(false)
  expect(codeBytes).toBeGreaterThan(50 * KB)
  expect(codeBytes).toBeLessThanOrEqual(350 * KB)
  expect(fontBytes).toBeGreaterThan(10 * KB)
  expect(fontBytes).toBeLessThanOrEqual(60 * KB)
})
