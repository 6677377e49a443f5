/** What a transport offers before types are put on it: the host's and the shell's methods and topics alike. */
import type { DeskClient } from '#contract/desk-api.ts'
import type { ShellClient } from '#contract/shell-api.ts'

export type Pipe = {
  /** Answers a Result of the contract; never rejects. */
  invoke(method: string, input: unknown): Promise<unknown>
  subscribe(topic: string, onValue: (value: unknown) => void): () => void
}

export type LoketClient = {
  invoke: DeskClient['invoke'] & ShellClient['invoke']
  subscribe: DeskClient['subscribe'] & ShellClient['subscribe']
}
