/** Databases on the test run's PostgreSQL, each new and gone again when its test ends. */
import { randomBytes } from 'node:crypto'
import { Client, type QueryResult } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { startServer } from '#server/start-server.ts'
import { MORNING } from '#tests/server/support/test-clock.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'

const TEMPLATE = 'template_mall'
/** Any number: who holds it makes the template. */
const TEMPLATE_LOCK = 1

let address: Promise<string> | undefined

/** The address of the server, without a database. */
export function postgresUrl(): Promise<string> {
  address ??= fetch(inject('postgresDoor')).then((response) => {
    if (!response.ok) throw new Error('there is no PostgreSQL')
    return response.text()
  })
  return address
}

export async function emptyDatabase(): Promise<string> {
  return createDatabase('template0')
}

/** A database that has the test mall's configuration already: hashing its PINs is slow on purpose. */
export async function mallDatabase(): Promise<string> {
  const url = await postgresUrl()
  await asAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [TEMPLATE])
    if (rowCount === 1) return
    await admin.query(`create database ${TEMPLATE}`)
    const options = { dataDir: '', database: `${url}/${TEMPLATE}`, port: 0, now: () => MORNING, logLevel: 'silent' }
    await (await startServer({ config: TEST_CONFIG, ...options })).close()
  })
  return createDatabase(TEMPLATE)
}

async function createDatabase(template: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((admin) => admin.query(`create database ${name} template ${template} strategy file_copy`))
  onTestFinished(() => asAdmin((admin) => admin.query(`drop database ${name} with (force)`)).then(() => {}))
  return `${await postgresUrl()}/${name}`
}

/** Plain SQL on a database of this run. */
export function runSql(text: string, url: string): Promise<QueryResult> {
  return withClient(url, (client) => client.query(text))
}

async function asAdmin<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  return withClient(`${await postgresUrl()}/postgres`, work)
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
