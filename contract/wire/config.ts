/** The configuration, as one device needs it. */
import { z } from 'zod'
import { DeviceConfig } from '#contract/mall-config.ts'

/** GET /v1/config */
export const ConfigReply = z.strictObject({ config: DeviceConfig })
