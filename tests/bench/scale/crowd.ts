/** Counters by the dozen, spread over a few processes. */
import { join } from 'node:path'
import type { EnrolReply } from '#contract/wire/enrolment.ts'
import { type Program, startProgram } from '#tests/bench/processes.ts'
import type { Pace } from '#tests/bench/scale/officer.ts'
import { sum, type Worked } from '#tests/bench/scale/worked.ts'

/** A counter that has a code yet, or is enrolled. */
export type Seat = { url: string } & ({ code: string } | { enrolment: EnrolReply })

export type Crowd = {
  go(): void
  finished(): number
  /** Ends the work and gathers it. */
  end(): Promise<Worked>
  stop(): Promise<void>
}

type Message = { kind: string; finished?: number; worked?: Worked }

/** Resolves when every counter is connected and open. */
export async function gather(seats: readonly Seat[], pace: Pace, processes: number): Promise<Crowd> {
  const programs = await Promise.all(
    Array.from({ length: processes }, (_, index) => {
      const own = seats.filter((_seat, seat) => seat % processes === index)
      return startProgram(join(import.meta.dirname, 'crowd-process.ts'), {
        args: [JSON.stringify(own), JSON.stringify(pace)],
      })
    }),
  )
  const finished = new Map<Program, number>()
  for (const program of programs) {
    program.child.on('message', (message: Message) => {
      if (message.kind === 'progress') finished.set(program, message.finished ?? 0)
    })
  }
  return {
    go() {
      for (const { child } of programs) child.send({ kind: 'go' })
    },
    finished: () => [...finished.values()].reduce((all, one) => all + one, 0),
    async end() {
      const parts = programs.map((program) => {
        const worked = program.next<Message>((message) => (message as Message).kind === 'worked')
        program.child.send({ kind: 'end' })
        return worked
      })
      return sum((await Promise.all(parts)).flatMap(({ worked }) => worked ?? []))
    },
    async stop() {
      await Promise.all(programs.map((program) => program.stop()))
    },
  }
}
