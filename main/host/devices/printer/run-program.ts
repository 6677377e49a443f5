/** A program of the system (CUPS has no other interface without native code), with a deadline. */
import { spawn } from 'node:child_process'

export type Ended = { exitCode: number | null; output: string; late: boolean }

/** Rejects when the program cannot be started. */
export function runProgram(command: string, args: string[], input: Uint8Array, deadlineMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Messages in English, whatever the system speaks: numbers, names and reasons are read from them.
    const child = spawn(command, args, { env: { ...process.env, LC_ALL: 'C' }, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let late = false
    const deadline = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, deadlineMs)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    // It may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.once('error', (error) => {
      clearTimeout(deadline)
      reject(error)
    })
    child.once('close', (exitCode) => {
      clearTimeout(deadline)
      resolve({ exitCode, output: output.trim(), late })
    })
  })
}
