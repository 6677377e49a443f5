import { expect, test } from 'vitest'
import { request } from '#tests/server/support/http.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const RIGHT = { mallId: 'mal-uji', code: 'MAL90', pin: '480926' }

const login = (mall: TestMall, over: object = {}) =>
  request(`${mall.url}/penyelia/api/login`, { body: { ...RIGHT, ...over } })

const overview = (mall: TestMall, token?: string) =>
  request(`${mall.url}/penyelia/api/overview`, token ? { token } : {})

test('a supervisor of the whole mall signs in by code or id, and sees what there is', async () => {
  const mall = await TestMall.start()
  const { status, body } = await login(mall)
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: 'Gede', mallName: 'Mal Uji', timeZone: 'Asia/Makassar' })
  expect((await login(mall, { code: 'gede' })).status).toBe(200)

  expect(await overview(mall, String(body.token))).toEqual({
    status: 200,
    body: { serverTime: mall.now, troubles: [], findings: [] },
  })
})

test.each([
  ['a wrong PIN', { pin: '000000' }],
  ['a supervisor of one agency', { code: 'DKC90', pin: '551827' }],
  ['a technician', { code: 'TEK01', pin: '730164' }],
  ['somebody unknown', { code: 'XXX' }],
])('%s is refused', async (_what, over) => {
  const mall = await TestMall.start()
  expect(await login(mall, over)).toMatchObject({ status: 403, body: { code: 'WRONG_PIN' } })
})

test('after three wrong PINs the right one has to wait, each time longer', async () => {
  const mall = await TestMall.start()
  for (let tries = 0; tries < 3; tries += 1) await login(mall, { pin: '000000' })

  expect(await login(mall)).toMatchObject({ status: 429, body: { code: 'LOCKED', seconds: 30 } })
  mall.now += 30_000
  expect((await login(mall, { pin: '000000' })).status).toBe(403)
  expect(await login(mall)).toMatchObject({ body: { code: 'LOCKED', seconds: 60 } })
  mall.now += 60_000
  expect((await login(mall)).status).toBe(200)
  expect((await login(mall, { pin: '000000' })).status).toBe(403)
})

test('many guesses at once do not pass for one', async () => {
  const mall = await TestMall.start()
  const answers = await Promise.all(Array.from({ length: 10 }, () => login(mall, { pin: '000000' })))
  expect(answers.filter(({ body }) => body.code === 'WRONG_PIN')).toHaveLength(3)
})

test('a sign-in lasts half an hour, and its token cannot be made up', async () => {
  const mall = await TestMall.start()
  const token = String((await login(mall)).body.token)
  const [payload = '', signature] = token.split('.')
  const later = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), expiresAt: 9_999_999_999_999 }),
  ).toString('base64url')

  expect((await overview(mall, `${later}.${signature}`)).status).toBe(401)
  expect((await overview(mall, 'no-token')).status).toBe(401)
  expect((await overview(mall)).status).toBe(401)
  mall.now += 30 * 60_000
  expect((await overview(mall, token)).status).toBe(401)
})

test('an act on a desk that is healthy is refused with its code', async () => {
  const mall = await TestMall.start()
  const counter = await mall.counter('dukcapil-1')
  const token = String((await login(mall)).body.token)
  const url = `${mall.url}/penyelia/api/devices/${counter.id}`

  expect(await request(`${url}/reclaim`, { token, body: {} })).toMatchObject({
    status: 409,
    body: { code: 'NOT_STRANDED' },
  })
  expect((await request(`${url}/reclaim`, { body: {} })).status).toBe(401)
})

test('the page allows nothing but its own files', async () => {
  const mall = await TestMall.start()
  const page = await fetch(`${mall.url}/penyelia`)
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self'/,
  )
  const html = await page.text()
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son[a-z]+=|style=/)
  for (const [path, type] of [
    ['penyelia.css', 'text/css; charset=utf-8'],
    ['penyelia.js', 'text/javascript; charset=utf-8'],
    ['texts.js', 'text/javascript; charset=utf-8'],
  ]) {
    const file = await fetch(`${mall.url}/penyelia/${path}`)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, type])
  }
})
