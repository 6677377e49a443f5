import { EnrolReply, EnrolRequest } from '#contract/wire/enrolment.ts'
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
      // Counted before the answer is known: many tries at once must not all be the first.
      const takeBack = limit.count(request.ip, now())
      let isWrong = false
      try {
        return await enrolDevice(db, request.body.code, request.body.deviceName, now())
      } catch (error) {
        isWrong = error instanceof WireFailure && error.code === 'ENROLMENT_CODE_INVALID'
        throw error
      } finally {
        if (!isWrong) takeBack()
      }
    },
  )
}
