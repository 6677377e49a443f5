/** Connections to PostgreSQL with what the server relies on: numbers are numbers, and nothing hangs for ever. */
import { Pool, types } from 'pg'

const CONNECTIONS = 10
const TIMEOUT_MS = 15_000

export function createPool(connectionString: string): Pool {
  return handled(
    new Pool({
      ...connectionSettings(connectionString),
      max: CONNECTIONS,
      // A process that was cut off must not keep a mall locked.
      statement_timeout: TIMEOUT_MS,
      idle_in_transaction_session_timeout: TIMEOUT_MS,
    }),
  )
}

/** For work on the schema, which may take as long as it takes. One connection holds a lock, the other works. */
export function createPatientPool(connectionString: string): Pool {
  return handled(new Pool({ ...connectionSettings(connectionString), max: 2 }))
}

export function connectionSettings(connectionString: string) {
  return {
    connectionString,
    application_name: 'loket',
    connectionTimeoutMillis: TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
  }
}

/** Without a listener a lost connection would end the process; whoever uses the connection is told by the query. */
function handled(pool: Pool): Pool {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const BIGINT = types.builtins.INT8

const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === BIGINT ? parseBigint : types.getTypeParser(oid, format as 'text')

function parseBigint(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`)
  return value
}
