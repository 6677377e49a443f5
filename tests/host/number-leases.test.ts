import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { createNumberLeases } from '#main/host/sync/number-leases.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('a request for numbers whose answer was lost is made again under its own id, and only one runs at a time', async () => {
  const store = openStore(tempFolder())
  onTestFinished(() => store.close())
  const repositories = createRepositories(store, sha256)
  const asked: string[] = []
  let ids = 0
  const client = {
    async lease(requestId: string, serviceId: string, businessDate: string) {
      asked.push(requestId)
      if (asked.length === 1) throw new MallError('UNREACHABLE', 'the answer was lost')
      return { serviceId, businessDate, from: asked.length * 20 - 19, to: asked.length * 20 }
    },
  }
  const lease = createNumberLeases({
    store,
    repositories,
    ids: { uuid: () => `request-${++ids}`, randomBytes: () => new Uint8Array() },
    client: () => client as unknown as MallClient,
  })
  await expect(lease('skck', '2026-11-21')).rejects.toThrow('lost')
  await Promise.all([lease('skck', '2026-11-21'), lease('skck', '2026-11-21')])
  await lease('skck', '2026-11-21')
  expect(asked).toEqual(['request-1', 'request-1', 'request-2'])
  expect(repositories.numbers.leasedLeft({ serviceId: 'skck', businessDate: '2026-11-21' })).toBe(40)
})
