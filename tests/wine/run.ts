/** One program to its end, its words in a file: programs in Wine hang when they write into a pipe that Wine's server keeps. */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type RunOptions = { folder: string; env?: NodeJS.ProcessEnv; withinMs: number }

let count = 0

/** Gives what it said. Rejects when it does not end well or not in time. */
export async function run(command: string, args: string[], { folder, env, withinMs }: RunOptions): Promise<string> {
  const log = join(folder, `${String(++count).padStart(2, '0')}-${basename(command)}.log`)
  const file = openSync(log, 'w')
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', file, file] })
  closeSync(file)
  const deadline = setTimeout(() => child.kill('SIGKILL'), withinMs)
  const ended = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(code === 0 ? '' : `ended with ${code ?? signal}`))
  })
  clearTimeout(deadline)
  const said = readFileSync(log, 'utf8')
  if (ended !== '') throw new Error(`${command} ${args.join(' ')}: ${ended}\n${said}`)
  return said
}
