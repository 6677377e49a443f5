/** Where a value sits in the configuration, from the root: ['services', 3, 'prefix']. */
export type ConfigPath = readonly (string | number)[]

/** One thing to repair in the mall's configuration. The message is for the technician, in Indonesian. */
export type Problem = {
  /** The path as people read it: services[3].prefix. Empty for the configuration as a whole. */
  path: string
  /** The same path in parts, so that a reader of files can find the line. */
  at: ConfigPath
  rule: string
  message: string
}

export function problem(at: ConfigPath, rule: string, message: string): Problem {
  return { path: pathText(at), at, rule, message }
}

function pathText(at: ConfigPath): string {
  return at
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')
}
