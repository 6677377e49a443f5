/** A desk's client and a real mall server: what goes over the link, and what becomes of it when the server goes away. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { parseEnrolmentCode } from '#contract/enrolment-code.ts'
import { createMallClient } from '#main/host/sync/mall-client.ts'
import { eventually } from '#tests/support/eventually.ts'
import { openMall } from '#tests/support/mall.ts'

const QUIET = pino({ level: 'silent' })

/** The paths that this process asks for by HTTP from now on. */
function watchHttp(): string[] {
  const paths: string[] = []
  const onRequest = (message: unknown) => paths.push((message as { request: ClientRequest }).request.path)
  subscribe('http.client.request.start', onRequest)
  onTestFinished(() => {
    unsubscribe('http.client.request.start', onRequest)
  })
  return paths
}

it.each([false, true])(
  'a desk asks over its link, by HTTP while there is none, and over a new one afterwards (HTTPS: %s)',
  async (https) => {
    const mall = await openMall(undefined, { https })
    const place = { url: mall.server.url, fingerprint: mall.server.fingerprint }
    const clientOf = (token: string | null) => {
      const client = createMallClient(place, token, new AbortController().signal, QUIET)
      onTestFinished(() => client.close())
      return client
    }
    const code = parseEnrolmentCode(await mall.code('polres-1'))
    const { token } = await clientOf(null).enrol(code?.secret ?? '', 'PC uji')
    const client = clientOf(token)
    const paths = watchHttp()
    const beat = () => client.heartbeat(1, null)
    /** A heartbeat after which no HTTP was seen. */
    const beatOverLink = () =>
      eventually(async () => {
        const before = paths.length
        await beat()
        expect(paths.slice(before)).toEqual([])
      })

    await client.hello({
      protocol: 1,
      generation: 1,
      nonce: null,
      incarnation: 0,
      headSeq: 0,
      askedAt: null,
      signedHead: null,
    })
    await beat()
    expect(paths).toEqual(expect.arrayContaining(['/v1/hello', '/v1/heartbeats', '/v1/link']))
    await beatOverLink()
    // What the route refuses has its code over the link, too.
    await expect(client.improve(7, 5_000)).rejects.toMatchObject({ code: 'COUNTER_NOT_OPEN' })
    expect(paths.filter((path) => path === '/v1/link')).toHaveLength(1)

    await mall.stopServer()
    for (let n = 0; n < 2; n += 1) await expect(beat()).rejects.toMatchObject({ code: 'UNREACHABLE' })
    await mall.startServer()
    // So a desk does when its connection is over.
    client.leaveLink()
    await beatOverLink()
  },
)
