/**
 * The border of the host: known method -> input valid -> session and role -> handler -> output valid -> {ok, data} or
 * {ok: false, code}. Whatever a screen sends, it gets an answer; nothing thrown crosses this line.
 */

import type { Logger } from 'pino'
import type { CheckedInput, Failure, MethodError, MethodName, MethodOutput, Result } from '#contract/desk-api.ts'
import type { OfficerRole } from '#contract/mall-config.ts'
import type { Access, MethodShape } from '#contract/methods/method.ts'
import { asStoreError, StoreError, type StoreErrorCode } from '#db/store-error.ts'

type Handler<M extends MethodName> = (input: CheckedInput<M>) => HandlerResult<M> | Promise<HandlerResult<M>>
type HandlerResult<M extends MethodName> = Result<MethodOutput<M>, MethodError<M>>
export type Handlers = { [M in MethodName]: Handler<M> }

type RouterPorts = {
  handlers: Handlers
  isEnrolled(): boolean
  /** Roles of the officer signed in at this start of the shell, or null. */
  officerRoles(): readonly OfficerRole[] | null
  /** The screen is locked: nobody acts before a PIN is typed. */
  isLocked(): boolean
  /** An officer did something. */
  onAct(): void
  /** The store's refusal, or null when the store did its work. */
  onResult(storeProblem: StoreErrorCode | null): void
  log: Logger
}

/** Who may change the devices of a workstation that is at work. */
const SET_UP_ROLES: readonly OfficerRole[] = ['technician', 'supervisor']

export type Router = { dispatch(method: string, input: unknown): Promise<Result<unknown>> }

/** The shapes of all methods are built when a screen first asks for something: no start waits for them. */
const loadMethods = () => import('#contract/desk-api.ts')

export function createRouter(ports: RouterPorts): Router {
  const { handlers, isEnrolled, officerRoles, isLocked, onAct, onResult, log } = ports

  async function dispatch(method: string, input: unknown): Promise<Result<unknown>> {
    const { METHODS } = await loadMethods()
    if (!Object.hasOwn(METHODS, method)) return fail('UNKNOWN_METHOD')
    const name = method as MethodName
    const shape: MethodShape = METHODS[name]
    const parsed = shape.input.safeParse(input)
    if (!parsed.success) {
      log.warn(
        { method, issues: parsed.error.issues.map((issue) => ({ path: issue.path, code: issue.code })) },
        'bad input',
      )
      return fail('BAD_INPUT')
    }
    const refusal = refuse(shape.access)
    if (refusal) return fail(refusal)
    if (shape.access !== 'anyone' && !shape.asksByItself) onAct()
    const result = await (handlers[name] as (input: unknown) => Promise<Result<unknown>>)(parsed.data)
    if (!result.ok) return result
    const data = shape.output.parse(result.data)
    // What was recorded shows that the store works again; an answer alone, or a touch, shows nothing.
    if (shape.movesCustody) onResult(null)
    return { ok: true, data }
  }

  function refuse(access: Access) {
    if (access === 'anyone' || (access === 'set-up' && !isEnrolled())) return null
    const roles = officerRoles()
    if (!roles) return 'NOT_SIGNED_IN'
    if (isLocked()) return 'LOCKED'
    const needed = access === 'set-up' ? SET_UP_ROLES : access
    return needed.some((role) => roles.includes(role)) ? null : 'ROLE_MISSING'
  }

  return {
    async dispatch(method, input) {
      try {
        return await dispatch(method, input)
      } catch (thrown) {
        const error = asStoreError(thrown)
        if (error instanceof StoreError) {
          log.error({ method, code: error.code, err: error }, 'the store refused')
          onResult(error.code)
          return fail(error.code)
        }
        log.error({ method, err: error }, 'a handler failed')
        return fail('INTERNAL')
      }
    },
  }
}

function fail(code: string): Failure {
  return { ok: false, code }
}
