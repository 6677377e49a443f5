/**
 * One connection over a port for all displays that hang on it. It is opened for the first and closed after the last of them;
 * the line is one display's alone while it has the turn. A display that does not answer leaves the line to the others; a line
 * that fails is lost for all of them.
 */
import { type SerialLine, SerialLineError } from '#main/host/devices/led/serial-line.ts'

/** One display's hold on the connection, for one attempt. */
export type BusLine = Pick<SerialLine, 'open' | 'close' | 'onLost'> & {
  /**
   * Runs `job` when all earlier turns are over, and no other before it has ended: between its writes the line is silent.
   * Rejects with what the job threw, or with the SerialLineError by which the line was lost before.
   */
  inTurn<T>(job: (write: SerialLine['write']) => Promise<T>): Promise<T>
}

export type Bus = { connect(): BusLine }

type Connection = {
  line: SerialLine
  opening: Promise<void>
  /** Those to be told of a loss. */
  holders: Set<(error: SerialLineError) => void>
  lastTurn: Promise<void>
  over: SerialLineError | null
}

/** `newLine` makes a line for every connection. */
export function createBus(newLine: () => SerialLine): Bus {
  let current: Connection | null = null
  /** When the port of the connection before is free again. */
  let released: Promise<unknown> = Promise.resolve()

  function joined(): Connection {
    if (current) return current
    const line = newLine()
    const opening = released.then(() => line.open())
    const connection: Connection = { line, opening, holders: new Set(), lastTurn: Promise.resolve(), over: null }
    line.onLost((error) => void end(connection, error))
    current = connection
    return connection
  }

  /** Returns why the connection ended, which is the first of the reasons. */
  function end(connection: Connection, reason: unknown): SerialLineError {
    if (connection.over) return connection.over
    const error = reason instanceof SerialLineError ? reason : new SerialLineError('LED_WRITE_FAILED', String(reason))
    connection.over = error
    current = null
    // An opening that is given up closes its port itself.
    released = Promise.all([connection.line.close(), connection.opening.catch(() => {})])
    for (const tellLost of connection.holders) tellLost(error)
    return error
  }

  function connect(): BusLine {
    let connection: Connection | null = null
    let tellLost: ((error: SerialLineError) => void) | null = null
    const holder = (error: SerialLineError) => tellLost?.(error)

    function usable(): Connection {
      if (!connection) throw new SerialLineError('LED_WRITE_FAILED', 'port is not open')
      if (connection.over) throw connection.over
      return connection
    }

    return {
      async open() {
        const joining = joined()
        connection = joining
        joining.holders.add(holder)
        await joining.opening.catch((error: unknown) => {
          throw end(joining, error)
        })
        usable()
      },

      async inTurn(job) {
        const held = usable()
        const before = held.lastTurn
        const { promise, resolve } = Promise.withResolvers<void>()
        held.lastTurn = promise
        await before
        try {
          usable()
          return await job(async (frame) => {
            await held.line.write(frame).catch((error: unknown) => {
              throw isSilence(error) ? error : end(held, error)
            })
          })
        } finally {
          resolve()
        }
      },

      async close() {
        const left = connection
        connection = null
        if (!left?.holders.delete(holder) || left.holders.size > 0) return
        end(left, new SerialLineError('LED_WRITE_FAILED', 'closed'))
        await released
      },

      onLost(listener) {
        tellLost = listener
      },
    }
  }

  return { connect }
}

/** The line is well; it is this display that says nothing. */
function isSilence(error: unknown): boolean {
  return error instanceof SerialLineError && error.code === 'LED_NO_REPLY'
}
