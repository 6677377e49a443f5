import { OutlookReply } from '#contract/wire/front-desk.ts'
import { contextOf, deviceOf, requireFrontDesk } from '#server/auth.ts'
import { readOutlook } from '#server/queue/outlook.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addOutlook: AddRoute = (app) => {
  app.get(
    '/v1/outlook',
    {
      schema: {
        summary: "Open counters, recent durations and what is left of the day's quotas",
        response: { 200: OutlookReply, ...ERRORS },
      },
    },
    async (request) => {
      requireFrontDesk(deviceOf(request))
      return readOutlook(contextOf(request))
    },
  )
}
