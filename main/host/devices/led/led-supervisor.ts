/**
 * Keeps one LED display showing the newest state. A display is level, not edge: there is no queue of old numbers, and
 * after every reconnect the newest state is sent again. A called number blinks for a while; then it is sent without.
 */

import type { LedState } from '#main/host/device-documents.ts'
import { type BackOff, createBell, DEFAULT_BACK_OFF, systemTimers, type Timers } from '#main/host/devices/bell.ts'
import type { BusLine } from '#main/host/devices/led/bus.ts'
import type { Frame, LedDriver } from '#main/host/devices/led/driver.ts'
import { type SerialLine, SerialLineError } from '#main/host/devices/led/serial-line.ts'
import type { DeviceFailure, DeviceHealth, LedPort } from '#main/host/ports.ts'

export type LedOptions = {
  driver: LedDriver
  /** For the driver; checked here, so that a wrong set-up fails at start and not at the first call. */
  params: unknown
  /** A new hold on its line for every attempt. */
  connect(): BusLine
  /** Called on every change. */
  onHealth(health: DeviceHealth): void
  timers?: Timers
  backOff?: BackOff
  /** How long a called number blinks. */
  blinkMs?: number
}

export type Led = Omit<LedPort, 'where'> & {
  start(): void
  /** Sends a state that is still waiting if the display is connected, closes the port, leaves no timer. */
  stop(): Promise<void>
}

/** One call of show(): the same state shown twice is sent twice, a recall blinks again. */
type Shown = { state: LedState }

/** A message up to where it is to be seen for a while: nothing of another display comes between these frames. */
type Part = { frames: Frame[]; holdMs: number }
type Message = { shown: Shown; parts: Part[]; health: DeviceHealth }
type Write = SerialLine['write']

/** Long enough for a visitor who looks up at the second announcement. */
const BLINK_MS = 8000

export function createLed(options: LedOptions): Led {
  const { driver, connect, onHealth, timers = systemTimers, backOff = DEFAULT_BACK_OFF, blinkMs = BLINK_MS } = options
  const params = driver.parameters.parse(options.params)
  const bell = createBell(timers)
  let newest: Shown | null = null
  let health: DeviceHealth = { state: 'connecting' }
  let stopping = false
  let running: Promise<void> | null = null
  let waitMs = backOff.firstMs

  function report(next: DeviceHealth): void {
    if (JSON.stringify(next) === JSON.stringify(health)) return
    health = next
    onHealth(next)
  }

  /** A state the display cannot show truthfully leaves it idle: no number is better than a wrong or an old one. */
  function messageFor(shown: Shown): Message {
    const { state } = shown
    const frames = driver.encode(state, params)
    if (frames.length > 0) return { shown, parts: partsOf(frames), health: { state: 'ready' } }
    const detail = state.kind === 'number' ? state.label.text : state.kind
    const idle = driver.encode({ kind: 'idle' }, params)
    return { shown, parts: partsOf(idle), health: failed('LED_CANNOT_SHOW', detail) }
  }

  /** What ends the blinking of a state; null when it does not blink, or blinks no differently. */
  function calmed({ state }: Shown): Shown | null {
    if (state.kind !== 'number' || !state.blink) return null
    const calm: LedState = { ...state, blink: false }
    return sameBytes(driver.encode(state, params), driver.encode(calm, params)) ? null : { state: calm }
  }

  /** Writes until the newest state is on the display, then waits for the next; returns when stopping, throws when lost. */
  async function serve(line: BusLine): Promise<void> {
    let lost: SerialLineError | null = null
    let sent: Shown | null = null
    const isOver = (shown: Shown) => newest !== shown || lost !== null
    line.onLost((error) => {
      lost = error
      bell.ring()
    })

    /** What becomes stale between two frames is not written to its end. */
    async function writeAll(write: Write, frames: Frame[], isStale: () => boolean): Promise<void> {
      for (const frame of frames) {
        if (isStale()) return
        await write(frame)
        await bell.sleep(frame.gapMs, () => lost !== null)
      }
    }

    await line.open()
    await line.inTurn((write) => writeAll(write, driver.init(params), () => lost !== null))
    if (!newest) report({ state: 'ready' })
    for (;;) {
      if (lost !== null) throw lost
      if (newest && newest !== sent) {
        const asked: Shown = newest
        const { shown, parts, health } = await line.inTurn(async (write) => {
          // The line may have been taken for long: what is newest now?
          const message = messageFor(newest ?? asked)
          await writeAll(write, message.parts[0]?.frames ?? [], () => isOver(message.shown))
          return message
        })
        waitMs = backOff.firstMs
        if (lost === null) report(health)
        for (const [index, { frames }] of parts.entries()) {
          if (index === 0) continue
          await bell.sleep(parts[index - 1]?.holdMs ?? 0, () => isOver(shown) || stopping)
          if (isOver(shown)) break
          await line.inTurn((write) => writeAll(write, frames, () => isOver(shown)))
        }
        sent = shown
        const calm = calmed(shown)
        if (calm) {
          await bell.sleep(blinkMs, () => isOver(shown) || stopping)
          if (!isOver(shown)) newest = calm
        }
      } else if (stopping) return
      else await bell.wait()
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const line = connect()
      try {
        await serve(line)
      } catch (error) {
        const code = error instanceof SerialLineError ? error.code : 'LED_WRITE_FAILED'
        report(failed(code, error instanceof Error ? error.message : String(error)))
      }
      await line.close()
      if (stopping) return
      await bell.sleep(waitMs, () => stopping)
      waitMs = Math.min(waitMs * 2, backOff.maxMs)
    }
  }

  return {
    show(state) {
      newest = { state }
      bell.ring()
    },
    health: () => health,
    start() {
      running ??= run()
    },
    async stop() {
      stopping = true
      bell.ring()
      await running
    },
  }
}

function partsOf(frames: Frame[]): Part[] {
  const parts: Part[] = []
  let begun: Frame[] = []
  for (const frame of frames) {
    begun.push(frame)
    if (frame.holdMs === undefined && frame !== frames.at(-1)) continue
    parts.push({ frames: begun, holdMs: frame.holdMs ?? 0 })
    begun = []
  }
  return parts
}

function sameBytes(some: Frame[], others: Frame[]): boolean {
  const hex = (frames: Frame[]) => frames.map(({ bytes }) => Buffer.from(bytes).toString('hex')).join(' ')
  return hex(some) === hex(others)
}

function failed(code: DeviceFailure, detail: string): DeviceHealth {
  return { state: 'failed', code, detail }
}
