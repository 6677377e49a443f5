/** Where the compact bar stands. Plain data, so that it is tested without Electron; lengths in device-independent pixels. */
export type Rect = { x: number; y: number; width: number; height: number }
export type Display = { id: number; workArea: Rect }
/** x and y count from the corner of the display's work area: the display may hang elsewhere tomorrow. */
export type BarPlace = { displayId: number; x: number; y: number; width: number }

export const BAR = { width: 600, minWidth: 560, maxWidth: 960, height: 72 } as const

/**
 * Wholly on a display that is there, the primary one first in the list: the saved place where that is possible; without it,
 * or when its display is gone, the middle of the primary display's upper edge, where other programs have only their title.
 */
export function placeOn(displays: readonly [Display, ...Display[]], saved: BarPlace | null, height: number): Rect {
  const home = displays.find(({ id }) => id === saved?.displayId)
  const area = (home ?? displays[0]).workArea
  const width = Math.min(between(BAR.minWidth, saved?.width ?? BAR.width, BAR.maxWidth), area.width)
  const [x, y] = home && saved ? [saved.x, saved.y] : [Math.round((area.width - width) / 2), 0]
  return {
    x: area.x + between(0, x, area.width - width),
    y: area.y + between(0, y, area.height - height),
    width,
    height,
  }
}

export function placeOf(bounds: Rect, { id, workArea }: Display): BarPlace {
  return { displayId: id, x: bounds.x - workArea.x, y: bounds.y - workArea.y, width: bounds.width }
}

/** Where the screen is scaled by a fraction, the system answers a pixel more or less than it was told. */
export function isSamePlace(a: Rect, b: Rect): boolean {
  return [a.x - b.x, a.y - b.y, a.width - b.width].every((off) => Math.abs(off) <= 1)
}

/** `low` wins where the range is empty. */
function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
