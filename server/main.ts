/**
 * node server/main.ts --config FILE --port N [--data DIR | --database postgres://…]
 *   [--host 127.0.0.1] [--https] [--tls-key FILE --tls-certificate FILE]
 */
import { parseArgs } from 'node:util'
import { DEFAULT_DATA_DIR, databaseUrl, endWithError, pairFiles, portNumber } from '#server/command-line.ts'
import { StartError } from '#server/start-error.ts'
import { startServer } from '#server/start-server.ts'

try {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      https: { type: 'boolean', default: false },
      'tls-key': { type: 'string' },
      'tls-certificate': { type: 'string' },
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
    },
  })
  if (!values.config) throw new StartError('CONFIG_MISSING', 'Tunjuk berkas konfigurasi mal: --config FILE.')
  const server = await startServer({
    configPath: values.config,
    dataDir: values.data,
    database: databaseUrl(values.database),
    port: portNumber(values.port),
    host: values.host,
    https: values.https,
    ...pairFiles(values['tls-key'], values['tls-certificate']),
  })
  process.stdout.write(`Server mal siap di ${server.url}\n`)
  process.send?.({ kind: 'ready', port: server.port })
  endOnSignal(server.close)
} catch (error) {
  endWithError(error)
}

function endOnSignal(close: () => Promise<void>): void {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    close().catch(endWithError)
    // The channel to the parent would keep this process alive.
    if (process.connected) process.disconnect()
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  // Only a forked process has a parent to lose; without a parent nobody would ever stop it.
  if (process.channel) process.on('disconnect', end)
}
