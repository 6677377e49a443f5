/** Workstations pack long bodies. What comes out counts against the route's limit, so a small body cannot become a huge one. */
import { createGunzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Routes whose handler unpacks the body. */
    unpacksItself?: boolean
  }
}

export function isPacked({ headers }: FastifyRequest): boolean {
  return headers['content-encoding'] === 'gzip'
}

export async function unpackBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
): Promise<RequestPayload> {
  if (!isPacked(request) || request.routeOptions.config.unpacksItself) return payload
  // Fastify compares it with the content-length, which is that of the packed body.
  const unpacked = Object.assign(createGunzip(), { receivedEncodedLength: 0 })
  // Whoever reads the body hears of an error as well; a route that reads none must not end the process by it.
  unpacked.on('error', () => {})
  payload.on('data', (chunk: Buffer) => {
    unpacked.receivedEncodedLength += chunk.length
  })
  payload.on('error', (error) => unpacked.destroy(error))
  return payload.pipe(unpacked)
}
