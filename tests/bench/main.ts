/** npm run bench -- [suite ...] [--json]: measures the product against floors and peers of the same run. */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { hasPeers, PEERS_MISSING } from '#tests/bench/peers.ts'
import type { Figure } from '#tests/bench/result.ts'

const SUITES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  local: async () => (await import('#tests/bench/local.ts')).local(),
  desk: async () => (await import('#tests/bench/desk.ts')).desk(),
  led: async () => (await import('#tests/bench/led.ts')).led(),
  printer: async () => (await import('#tests/bench/printer.ts')).printer(),
  start: async () => (await import('#tests/bench/start.ts')).start(),
  sync: async () => (await import('#tests/bench/sync.ts')).sync(),
  fanout: async () => (await import('#tests/bench/fanout.ts')).fanout(),
  server: async () => (await import('#tests/bench/server.ts')).server(),
  scale: async () => (await import('#tests/bench/scale.ts')).scale(),
  recall: async () => (await import('#tests/bench/recall.ts')).recall(),
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !Object.hasOwn(SUITES, name))
if (unknown.length > 0) {
  console.error(`Unknown suite: ${unknown.join(', ')}. There are: ${Object.keys(SUITES).join(', ')}`)
  process.exit(2)
}

const chosen = positionals.length > 0 ? positionals : Object.keys(SUITES)
// Found missing before minutes of work, not after.
if (chosen.includes('sync') && !hasPeers()) {
  console.error(PEERS_MISSING)
  process.exit(2)
}
if (!values.json) console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? '?'}, Node ${process.version}`)
for (const name of chosen) {
  for (const one of (await SUITES[name]?.()) ?? []) console.log(values.json ? JSON.stringify(one) : line(one))
}
// Sockets of a silent server may still be closing; the figures are out.
process.exit(0)

function line({ name, unit, value, peer, peerValue, ratio, runs }: Figure): string {
  const against = peer === null ? '' : `  ${ratio}x of ${peer} (${peerValue} ${unit})`
  return `${name.padEnd(24)} ${String(value).padStart(8)} ${unit}${against}  [${runs} runs]`
}
