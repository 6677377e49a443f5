/** Before each test that needs PostgreSQL: where none starts it is left out, and the end of the run says so. */
import { beforeEach, inject } from 'vitest'
import { hasPeers } from '#tests/support/peers.ts'

const isHere = hasPeers('postgres') && (await starts())

async function starts(): Promise<boolean> {
  const { ok } = await fetch(inject('postgresDoor'))
  if (!ok && process.env.LOKET_ALL_PEERS === '1') throw new Error('LOKET_ALL_PEERS=1, but PostgreSQL does not start')
  return ok
}

beforeEach((context) => {
  context.skip(!isHere)
})
