import { AssertReply, AssertRequest } from '#contract/wire/assertions.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { assertCustody } from '#server/identity/assert-custody.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

/** 5,000 entries fit. */
const BODY_LIMIT = 16 * 1024 * 1024

export const addAssertions: AddRoute = (app) => {
  app.post(
    '/v1/assertions',
    {
      config: { beforeHello: true },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: 'Everything this device knows of custody, after the server lost its memory',
        body: AssertRequest,
        response: { 200: AssertReply, ...ERRORS },
      },
    },
    async (request) => {
      await assertCustody(contextOf(request), deviceOf(request), request.body)
      return { accepted: true }
    },
  )
}
