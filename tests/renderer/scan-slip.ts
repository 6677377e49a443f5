/** A scanner at this page: keys as fast as they can be sent, so that a busy machine does not make a slow typist of it. */
import type { Page } from 'playwright-core'

export const SLIP =
  'LOKET2;0b5c1d0e-0f3a-8f5e-8c53-6a1b6f4f0a01;1;P-013;skck;2026-11-21;1795222800000;-;k-1;ABCDEFGHIJKLMNOP'

export async function scanSlip(page: Page): Promise<void> {
  await Promise.all([...SLIP, 'Enter'].map((key) => page.keyboard.press(key)))
}
