/**
 * Who is calling: a bearer token names the device and so the mall, and a device acts only for its own counter or front desk.
 */
import type { FastifyRequest } from 'fastify'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import type { MallContext, ServerContext } from '#server/context.ts'
import { roleOf } from '#server/enrolment.ts'
import { sha256 } from '#server/secrets.ts'
import { prepare } from '#server/store/prepared.ts'
import { remember } from '#server/store/remembered.ts'
import type { DeviceRow } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export type Device = {
  id: string
  role: DeviceRole
  slot: number
  generation: number
  /** The incarnation that it has adopted. */
  incarnation: number
  isInDoubt: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Routes that need no token say so. */
    open?: boolean
    /** Routes that a device may call before it knows the server's present incarnation. */
    beforeHello?: boolean
    /** Routes that settle a doubt themselves. */
    whileInDoubt?: boolean
  }
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{40,200})$/i

const callers = new WeakMap<FastifyRequest, Caller>()

/** Throws UNAUTHORISED unless the request carries the token of an enrolled device that was not revoked. */
export async function authenticate(server: ServerContext, request: FastifyRequest): Promise<void> {
  callers.set(request, await callerWithToken(server, bearerOf(request.headers)))
}

export type Token = { text: string; hash: string }

export const tokenOfText = (text: string): Token => ({ text, hash: sha256(text) })

export function bearerOf({ authorization = '' }: { authorization?: string | undefined }): Token | undefined {
  const text = BEARER.exec(authorization)?.[1]
  return text === undefined ? undefined : tokenOfText(text)
}

export type Caller = { device: Device; context: MallContext; token: Token }

/** Throws UNAUTHORISED. */
export async function callerWithToken(server: ServerContext, token: Token | undefined): Promise<Caller> {
  const [row] = token === undefined ? [] : await deviceWithToken(server.db, { tokenHash: token.hash })
  if (token === undefined || !row || row.role_kind === 'server') {
    throw new WireFailure('UNAUTHORISED', 'a bearer token of an enrolled device is needed')
  }
  const { malls, ...shared } = server
  const mall = await malls.of(row.mall_id, row.config_version ?? 0)
  const context = { ...shared, mallId: row.mall_id, mall, incarnation: row.server_incarnation ?? 0 }
  return { device: asDevice(row, row.role_kind), context, token }
}

type KnownDevice = DeviceRow & { server_incarnation: number | null; config_version: number | null }

/** What must be of this moment comes along: the newest configuration's version and the server's incarnation. */
const deviceWithToken = remember(
  prepare<{ tokenHash: string }, KnownDevice>((q, param) =>
    q
      .selectFrom('device')
      .selectAll()
      .select(({ selectFrom }) => [
        selectFrom('server_state').select('server_state.incarnation').as('server_incarnation'),
        selectFrom('config_version')
          .select(({ fn }) => fn.max('config_version.version').as('version'))
          .whereRef('config_version.mall_id', '=', 'device.mall_id')
          .as('config_version'),
      ])
      .where('token_hash', '=', param('tokenHash'))
      .where('revoked_at', 'is', null),
  ),
)

function asDevice(row: DeviceRow, role_kind: DeviceRole['kind']): Device {
  const { id, place_id, slot, generation, incarnation, doubt_at } = row
  return { id, role: roleOf({ role_kind, place_id }), slot, generation, incarnation, isInDoubt: doubt_at !== null }
}

export function deviceOf(request: FastifyRequest): Device {
  return callerOf(request).device
}

/** The server as the caller's mall sees it. */
export function contextOf(request: FastifyRequest): MallContext {
  return callerOf(request).context
}

/** The secret of the device itself. */
export function tokenOf(request: FastifyRequest): string {
  return callerOf(request).token.text
}

export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (!caller) throw new Error(`${request.url} asks for a device but is open to everybody`)
  return caller
}

/** The counter this device works at, or FORBIDDEN. */
export function counterOf(device: Device): string {
  if (device.role.kind === 'counter') return device.role.counterId
  throw new WireFailure('FORBIDDEN', 'only the workstation of a counter may do this')
}

export function requireFrontDesk(device: Device): void {
  if (device.role.kind !== 'front_desk') throw new WireFailure('FORBIDDEN', 'only a front desk may do this')
}
