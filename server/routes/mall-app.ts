import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { WireError } from '#contract/wire/errors.ts'
import type { ServerContext } from '#server/context.ts'

export type MallApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** One file per route; each adds itself. */
export type AddRoute = (app: MallApp, server: ServerContext) => void

/** Every route may refuse in this shape. */
export const ERRORS = { '4xx': WireError, '5xx': WireError }
