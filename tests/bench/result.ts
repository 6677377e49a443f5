/** One measured figure. `ratio` is value / peerValue of the same run: the machine is noisy, ratios are not. */
export type Figure = {
  suite: string
  name: string
  unit: 'ms' | 'MB' | 'kB' | '/s' | 's' | 'visits' | 'devices' | 'papers' | 'programs' | 'rows'
  value: number
  peer: string | null
  peerValue: number | null
  ratio: number | null
  runs: number
}

export function figure(
  name: string,
  unit: Figure['unit'],
  value: number,
  runs: number,
  peer: { name: string; value: number } | null = null,
): Figure {
  const ratio = peer ? round(value / peer.value) : null
  const suite = name.split('.')[0] ?? name
  return {
    suite,
    name,
    unit,
    value: round(value),
    peer: peer?.name ?? null,
    peerValue: peer && round(peer.value),
    ratio,
    runs,
  }
}

/** The value below which `share` of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

function round(value: number): number {
  return Number(value.toPrecision(4))
}
