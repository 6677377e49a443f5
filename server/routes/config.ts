import { ConfigReply } from '#contract/wire/config.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { configForDevice } from '#server/config/config-for-device.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addConfig: AddRoute = (app) => {
  app.get(
    '/v1/config',
    {
      schema: {
        summary: "The mall's configuration as this device may know it",
        response: { 200: ConfigReply, ...ERRORS },
      },
    },
    async (request) => ({ config: configForDevice(contextOf(request).mall, deviceOf(request).role) }),
  )
}
