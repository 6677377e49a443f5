/** What a page in the Electron window finds as window.loket. Methods and topics are the contract's. */
export type LoketBridge = {
  /** Answers a Result of the contract; the shell answers in the host's place when that cannot. */
  invoke(method: string, input: unknown): Promise<unknown>
  /** Calls back with the newest value at once and on every change. Returns the function that ends it. */
  subscribe(topic: string, onValue: (value: unknown) => void): () => void
}
