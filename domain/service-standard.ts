/** Colours against the service's published time (UU 25/2009, jangka waktu). */
export type Tone = 'calm' | 'near' | 'over'

/** Serving: near from 80 % of the standard, over beyond it. */
export function servingTone(servedMs: number, standardMinutes: number): Tone {
  const share = servedMs / (standardMinutes * 60_000)
  return share > 1 ? 'over' : share >= 0.8 ? 'near' : 'calm'
}

/** Waiting: near from one published service time, over from two: then somebody ahead took too long. */
export function waitingTone(waitedMs: number, standardMinutes: number): Tone {
  const share = waitedMs / (standardMinutes * 60_000)
  return share >= 2 ? 'over' : share >= 1 ? 'near' : 'calm'
}
