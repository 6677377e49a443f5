/** Deliberate bugs in the product's sources, each in one place. */
export type Mutation = { name: string; changes: readonly { file: string; from: string; to: string }[] }

export const MUTATIONS: readonly Mutation[] = []
