/** The HTTP side of the mall server: routes, tokens, validation, error shape, OpenAPI. */
import type { IncomingMessage } from 'node:http'
import fastifySwagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import Fastify from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { authenticate, contextOf, deviceOf } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { refuseBadBytes, replyNotFound, replyWithError } from '#server/error-replies.ts'
import { refuseDoubt, refuseStranger } from '#server/identity/doubt.ts'
import { addLink } from '#server/link/add-link.ts'
import { addAppointments } from '#server/routes/appointments.ts'
import { addAssertions } from '#server/routes/assertions.ts'
import { addChanges } from '#server/routes/changes.ts'
import { claims } from '#server/routes/claims.ts'
import { addConfig } from '#server/routes/config.ts'
import { addCountersOpen } from '#server/routes/counters-open.ts'
import { addEnrolments } from '#server/routes/enrolments.ts'
import { addEvents } from '#server/routes/events.ts'
import { handsImprove } from '#server/routes/hands-improve.ts'
import { handsWanted } from '#server/routes/hands-wanted.ts'
import { addHealthz } from '#server/routes/healthz.ts'
import { heartbeats } from '#server/routes/heartbeats.ts'
import { addHello } from '#server/routes/hello.ts'
import type { LinkedRoute } from '#server/routes/linked-route.ts'
import type { AddRoute, MallApp } from '#server/routes/mall-app.ts'
import { addNotes } from '#server/routes/notes.ts'
import { addNumberLeases } from '#server/routes/number-leases.ts'
import { addOpenApi } from '#server/routes/openapi.ts'
import { addOutlook } from '#server/routes/outlook.ts'
import { addPersonalTexts } from '#server/routes/personal-texts.ts'
import { addPrerequisites } from '#server/routes/prerequisites.ts'
import { recallAnswers } from '#server/routes/recall-answers.ts'
import { addSlipKeys } from '#server/routes/slip-keys.ts'
import { addTakers } from '#server/routes/takers.ts'
import { addSupervisorApi } from '#server/supervision/add-api.ts'
import { addSupervisorPage } from '#server/supervision/add-page.ts'
import type { Pair } from '#server/tls/read-pair.ts'
import { UnderWay } from '#server/under-way.ts'
import { unpackBody } from '#server/unpack-body.ts'

/** A peer that begins no TLS is no connection yet that ending the server could close: it is waited for, so not for long. */
const HANDSHAKE_MS = 5_000

const ROUTES: readonly AddRoute[] = [
  addHealthz,
  addOpenApi,
  addEnrolments,
  addHello,
  addAssertions,
  heartbeats.add,
  addConfig,
  addSlipKeys,
  addCountersOpen,
  handsImprove.add,
  handsWanted.add,
  recallAnswers.add,
  claims.add,
  addNumberLeases,
  addOutlook,
  addAppointments,
  addEvents,
  addPersonalTexts,
  addPrerequisites,
  addTakers,
  addNotes,
  addChanges,
  addSupervisorPage,
  addSupervisorApi,
]

/** What a device may ask over its link, too. */
const LINKED: readonly LinkedRoute[] = [heartbeats, handsImprove, handsWanted, recallAnswers, claims]

/** Whoever offers another protocol beside the request, as some do with HTTP/2, is answered by HTTP. */
const UPGRADES = {
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
}

const tls = ({ key, certificate }: Pair) =>
  ({ key, cert: certificate, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS }) as const

/** With a pair the app speaks HTTPS. */
export async function createApp(server: ServerContext, logLevel: string, pair: Pair | null): Promise<MallApp> {
  const app = Fastify({
    ...(pair ? { https: { ...UPGRADES, ...tls(pair) } } : { http: UPGRADES }),
    logger: { level: logLevel, stream: process.stderr, redact: SECRETS },
    bodyLimit: 1024 * 1024,
    // Slow senders must not hold a connection for ever; answers may stay open (change streams).
    requestTimeout: 30_000,
    // A server that ends cuts its connections; until then it answers as ever, for a desk knows no 503 of Fastify's own.
    forceCloseConnections: true,
    return503OnClosing: false,
    clientErrorHandler: refuseBadBytes,
    frameworkErrors: (error, request, reply) => replyWithError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(replyWithError)
  app.setNotFoundHandler(replyNotFound)
  await app.register(fastifySwagger, { openapi: OPENAPI, transform: jsonSchemaTransform })
  const underWay = new UnderWay()
  app.addHook('onRequest', async (request) => {
    const { open, beforeHello, whileInDoubt } = request.routeOptions.config
    if (request.is404 || open) return
    await underWay.hold(authenticate(server, request))
    if (!whileInDoubt) refuseDoubt(deviceOf(request))
    if (!beforeHello) refuseStranger(contextOf(request), deviceOf(request))
  })
  app.addHook('preParsing', unpackBody)
  app.addHook('onRoute', (route) => {
    const { handler } = route
    route.handler = function (request, reply) {
      return underWay.hold(Promise.resolve(handler.call(this, request, reply)))
    }
  })
  for (const addRoute of ROUTES) addRoute(app, server)
  // What was asked is answered before the connections are cut.
  app.addHook('preClose', () => underWay.ended())
  addLink(app, server, LINKED, underWay)
  return app
}

/** Should any of these ever reach a log line, it stays unreadable. */
const SECRETS = ['req.headers.authorization', 'headers.authorization', 'body', 'token', 'pin', 'pinHash']

const OPENAPI: NonNullable<FastifyDynamicSwaggerOptions['openapi']> = {
  openapi: '3.1.0',
  info: { title: 'Loket mall server', version: '1' },
  components: { securitySchemes: { device: { type: 'http', scheme: 'bearer' } } },
  security: [{ device: [] }],
}
