/** Turns whatever goes wrong into {code, message}. Unexpected errors are logged whole and answered without detail. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { SupervisionFailure } from '#server/supervision/supervision-failure.ts'
import { WireFailure, wrongShape } from '#server/wire-failure.ts'

export function replyWithError(
  error: FastifyError | WireFailure | SupervisionFailure,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof SupervisionFailure) {
    const { statusCode, code, message, seconds } = error
    send(reply, statusCode, { code, message, seconds })
    return
  }
  const failure = asWireFailure(error)
  if (failure.code === 'INTERNAL') request.log.error(error, 'request failed')
  sendFailure(failure, reply)
}

export function replyNotFound(_request: FastifyRequest, reply: FastifyReply): void {
  sendFailure(new WireFailure('NOT_FOUND', 'there is no such route'), reply)
}

/** For bytes that are not even an HTTP request. */
export function refuseBadBytes(error: Error & { code?: string }, socket: Socket): void {
  // Where TLS never began there is no way to answer, and an answer that waits for it would hold the server's end up.
  if (/^ERR_(SSL|TLS)_/.test(error.code ?? '')) {
    socket.destroy()
    return
  }
  endWithFailure(socket, new WireFailure('BAD_REQUEST', 'not a valid HTTP request'))
}

/** The whole answer on a socket that has no reply of its own. */
export function endWithFailure(socket: Duplex, { statusCode, code, message }: WireFailure): void {
  if (socket.destroyed || !socket.writable) return
  const body = JSON.stringify({ code, message })
  // Whoever does not hang up is hung up on.
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

export function asWireFailure(error: FastifyError | WireFailure): WireFailure {
  if (error instanceof WireFailure) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const places = error.validation.map(({ instancePath, message }) => `${instancePath} ${message}`)
    return wrongShape(error.validationContext ?? 'request', places)
  }
  if (error.statusCode === 413) return new WireFailure('TOO_LARGE', error.message)
  // PostgreSQL's "invalid byte sequence": a text with a NUL, which no workstation sends.
  if (error.code === '22021') return new WireFailure('BAD_REQUEST', 'a text holds a character that cannot be stored')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new WireFailure('BAD_REQUEST', error.message)
  }
  return new WireFailure('INTERNAL', 'the server failed; its log says why')
}

function sendFailure({ statusCode, code, message }: WireFailure, reply: FastifyReply): void {
  send(reply, statusCode, { code, message })
}

function send(reply: FastifyReply, statusCode: number, body: object): void {
  reply.code(statusCode).type('application/json').serializer(JSON.stringify).send(body)
}
