/**
 * The journal, a process of its own: what it is told it writes and flushes before it confirms, so that neither the products
 * under test nor the driver can forget or embellish what was promised. argv: the file.
 */
import { fsyncSync, openSync, writeSync } from 'node:fs'

const file = openSync(process.argv[2] ?? '', 'a')
let lines: string[] = []
let lastId = 0

process.on('message', ({ id, line }: { id: number; line: string }) => {
  lines.push(line)
  lastId = id
  // Everything that has arrived by then shares one flush.
  if (lines.length === 1) setImmediate(flush)
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

function flush(): void {
  writeSync(file, `${lines.join('\n')}\n`)
  fsyncSync(file)
  lines = []
  process.send?.(lastId)
}
