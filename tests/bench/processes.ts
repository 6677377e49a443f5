/** Programs that are measured or measured against, each in a process of its own, said to be there when they say so. */
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

export type Ready = { kind: 'ready'; port?: number }

export type Program<R extends Ready = Ready> = {
  child: ChildProcess
  pid: number
  ready: R
  /** Resolves with the next message for which `test` holds. */
  next<M>(test: (message: unknown) => boolean): Promise<M>
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>
}

export type ProgramOptions = { args?: readonly string[]; env?: NodeJS.ProcessEnv; nodeArgs?: readonly string[] }

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Resolves with the program when it has sent {kind: 'ready'}. */
export async function startProgram<R extends Ready = Ready>(
  script: string,
  { args = [], env = {}, nodeArgs = [] }: ProgramOptions = {},
): Promise<Program<R>> {
  const child = fork(script, args, {
    env: { ...process.env, ...env },
    execArgv: [...nodeArgs, ...profiling(script)],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  running.add(child)
  // Every suite listens to the same child in several places.
  child.setMaxListeners(0)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  ended.then(() => running.delete(child))
  let lastWords = ''
  child.on('message', (message: { kind: string; detail?: string }) => {
    if (message.kind === 'fatal') lastWords = `: ${message.detail}`
  })
  const next = <M>(test: (message: unknown) => boolean) =>
    new Promise<M>((resolve, reject) => {
      const onMessage = (message: unknown) => {
        if (test(message)) settle(() => resolve(message as M))
      }
      const onExit = (code: number | null) =>
        settle(() => reject(new Error(`${script} ended with ${code}${lastWords}`)))
      const settle = (finish: () => void) => {
        child.off('message', onMessage).off('exit', onExit)
        finish()
      }
      child.on('message', onMessage).on('exit', onExit)
    })
  const ready = await next<R>((message) => (message as Ready).kind === 'ready')
  return {
    child,
    pid: child.pid ?? 0,
    ready,
    next,
    async stop() {
      // A stopped process does not hear; one that is already going only hears again.
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** LOKET_BENCH_CPU_PROF=DIR writes a CPU profile of every program that is started. */
function profiling(script: string): string[] {
  const folder = process.env.LOKET_BENCH_CPU_PROF
  if (!folder) return []
  const name = `${basename(script, '.ts')}-${Date.now()}.cpuprofile`
  return ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`]
}

/** Fields of proc(5) from the third on: state, parent, and so forth. */
const statOf = (pid: number): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []

/** CPU seconds that a process has used so far, in user and in system mode (Linux). */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid)
  // Fields 14 and 15, in ticks of 1/100 s.
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The same of a process and everything it started that still runs. */
export function cpuSecondsOfAll(pid: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue
    try {
      parents.set(Number(name), Number(statOf(Number(name))[1]))
    } catch {
      // It ended between the two looks.
    }
  }
  const family = [pid]
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  }
  return family.reduce((sum, member) => sum + cpuSeconds(member), 0)
}

/** Resident megabytes of a process (Linux). */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (!kilobytes) throw new Error('no VmRSS: this suite reads /proc and runs on Linux only')
  return Number(kilobytes) / 1024
}
