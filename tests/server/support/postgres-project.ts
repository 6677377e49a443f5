/** Before each test that needs PostgreSQL: without one it is left out, and the end of the run says so. */
import { beforeEach } from 'vitest'
import { hasPeers } from '#tests/support/peers.ts'

const isHere = hasPeers('postgres')

beforeEach((context) => {
  context.skip(!isHere)
})
