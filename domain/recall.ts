/** How often a number is called before the rule of the mall decides: a room does not wait for one who is not there. */
export type RecallRule = {
  /** Calls of one number in all, the first one included. */
  limit: number
  /** What is done then: marked absent, or sent to the end of the queue. */
  after: 'no_show' | 'requeue'
}

export const DEFAULT_RECALL: RecallRule = { limit: 3, after: 'no_show' }

export function mayCallAgain(calls: number, { limit }: RecallRule): boolean {
  return calls < limit
}
