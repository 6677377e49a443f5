import { HelloReply, HelloRequest } from '#contract/wire/hello.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { sayHello } from '#server/identity/hello.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addHello: AddRoute = (app) => {
  app.post(
    '/v1/hello',
    {
      config: { beforeHello: true, whileInDoubt: true },
      schema: {
        summary: 'The first message of every connection: who the device is, and what the server remembers of it',
        body: HelloRequest,
        response: { 200: HelloReply, ...ERRORS },
      },
    },
    async (request) =>
      sayHello(contextOf(request), deviceOf(request).id, request.body, (message) => request.log.error(message)),
  )
}
