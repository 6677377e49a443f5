/** One thing that is not as it was stored, and where. */
export type Fault = { mallId: string; where: string; what: string }
