/** Which of a counter's services it takes now: what the configuration gives it, what its officer may do, what was chosen. */

/**
 * The services that entries are dealt for. `chosen` null: all of them. A choice of which the configuration has left nothing counts
 * no more: a counter that is open takes something.
 */
export function servicesTaken(configured: readonly string[], chosen: readonly string[] | null): readonly string[] {
  const taken = chosen === null ? [] : configured.filter((id) => chosen.includes(id))
  return taken.length > 0 ? taken : configured
}

/** What an officer may take at this counter. Without a list of their own, everything that the counter serves. */
export function servicesPermitted(
  configured: readonly string[],
  officer: { serviceIds?: readonly string[] | undefined } | undefined,
): readonly string[] {
  const { serviceIds } = officer ?? {}
  return serviceIds ? configured.filter((id) => serviceIds.includes(id)) : configured
}
