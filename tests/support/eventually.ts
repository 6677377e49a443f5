import { vi } from 'vitest'

/**
 * Waits until `look` no longer throws, and gives what it returns; as patient as expect.poll (vitest.config.ts). How quickly
 * something happens is measured elsewhere: here a busy machine may take its time.
 */
export const eventually = <T>(look: () => T | Promise<T>, intervalMs = 10): Promise<T> =>
  vi.waitFor(look, { timeout: 10_000, interval: intervalMs })
