/** Who is calling: a bearer token names the device, and a device acts only for its own counter or front desk. */
import type { FastifyRequest } from 'fastify'
import type { DeviceRole } from '#contract/wire.ts'
import { roleOf } from '#server/enrolment.ts'
import { sha256 } from '#server/secrets.ts'
import type { Db } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export type Device = { id: string; role: DeviceRole; slot: number; generation: number }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Routes that need no token say so. */
    open?: boolean
  }
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{40,200})$/i

const devices = new WeakMap<FastifyRequest, Device>()

/** Throws UNAUTHORISED unless the request carries the token of an enrolled device that was not revoked. */
export async function authenticate(db: Db, request: FastifyRequest): Promise<void> {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
  const row =
    token &&
    (await db
      .selectFrom('device')
      .selectAll()
      .where('token_hash', '=', sha256(token))
      .where('revoked_at', 'is', null)
      .executeTakeFirst())
  if (!row) throw new WireFailure('UNAUTHORISED', 'a bearer token of an enrolled device is needed')
  devices.set(request, { id: row.id, role: roleOf(row), slot: row.slot, generation: row.generation })
}

export function deviceOf(request: FastifyRequest): Device {
  const device = devices.get(request)
  if (!device) throw new Error(`${request.url} asks for a device but is open to everybody`)
  return device
}

/** The counter this device works at, or FORBIDDEN. */
export function counterOf(device: Device): string {
  if (device.role.kind === 'counter') return device.role.counterId
  throw new WireFailure('FORBIDDEN', 'only the workstation of a counter may do this')
}

export function requireFrontDesk(device: Device): void {
  if (device.role.kind !== 'front_desk') throw new WireFailure('FORBIDDEN', 'only a front desk may do this')
}
