import { EnrolReply, EnrolRequest } from '#contract/wire.ts'
import { enrolDevice } from '#server/enrolment.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'
import { WrongCodeLimit } from '#server/routes/wrong-code-limit.ts'
import { WireFailure } from '#server/wire-failure.ts'

export const addEnrolments: AddRoute = (app, { db, now }) => {
  const limit = new WrongCodeLimit()
  app.post(
    '/v1/enrolments',
    {
      config: { open: true },
      schema: {
        summary: 'Turn a one-time code into a device',
        body: EnrolRequest,
        response: { 200: EnrolReply, ...ERRORS },
      },
    },
    async (request) => {
      limit.check(request.ip, now())
      try {
        return await enrolDevice(db, request.body.code, request.body.deviceName, now())
      } catch (error) {
        if (error instanceof WireFailure && error.code === 'ENROLMENT_CODE_INVALID') limit.count(request.ip, now())
        throw error
      }
    },
  )
}
