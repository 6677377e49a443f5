import type { EventBody } from '#domain/events.ts'

/** When it happened by the server's clock: corrected by the device's last known offset, never later than now. */
export function eventTime({ at, offset }: Pick<EventBody, 'at' | 'offset'>, now: number): number {
  return Math.max(0, Math.min(at + (offset ?? 0), now))
}
