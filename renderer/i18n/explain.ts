/** A code in words: what happened and what to do. Used for refusals, for the host's failures and for devices alike. */

import { type MessageKey, useText } from '#renderer/i18n/text.tsx'
import id from '#renderer/messages/id.json' with { type: 'json' }

export type Explained = { happened: string; todo: string }

/** A code that this version does not know is explained as an internal error; the code itself still shows. */
export function useExplain(): (code: string, detail?: Readonly<Record<string, string | number>>) => Explained {
  const text = useText()
  return (code, detail) => {
    const known = `error.${code}` in id ? code : 'INTERNAL'
    const values = { seconds: 30, counter: 'none', ...detail }
    return {
      happened: text(`error.${known}` as MessageKey, values),
      todo: text(`todo.${known}` as MessageKey, values),
    }
  }
}
