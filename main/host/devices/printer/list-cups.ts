/** The print queues that CUPS knows. */
import type { FoundPrinters } from '#main/host/devices/printer/list-printers.ts'
import { runProgram } from '#main/host/devices/printer/run-program.ts'

/** `lpstat`: the program to ask. Never rejects. */
export async function listCups(lpstat: string, deadlineMs: number): Promise<FoundPrinters> {
  const problem = (code: 'PRINTER_SETUP_WRONG' | 'PRINTER_UNREACHABLE' | 'PRINTER_TIMEOUT', detail: string) => {
    return { printers: [], problems: [{ code, detail }] }
  }
  try {
    const { output, late } = await runProgram(lpstat, ['-r', '-e', '-v', '-d'], new Uint8Array(), deadlineMs)
    if (late) return problem('PRINTER_TIMEOUT', `lpstat did not end within ${deadlineMs} ms`)
    if (!output.includes('scheduler is running')) return problem('PRINTER_UNREACHABLE', output)
    return { printers: queuesIn(output.split('\n')), problems: [] }
  } catch (error) {
    return problem('PRINTER_SETUP_WRONG', `CUPS is not installed: ${error}`)
  }
}

/** Lines as lpstat writes them: names alone, "device for NAME: URI" and "system default destination: NAME". */
function queuesIn(lines: readonly string[]): FoundPrinters['printers'] {
  const device = (name: string) => lines.find((line) => line.startsWith(`device for ${name}: `))
  return lines
    .filter((line) => /^\S+$/.test(line))
    .map((name) => ({
      transport: { kind: 'cups', queue: name },
      name,
      driver: null,
      port: device(name)?.slice(`device for ${name}: `.length) ?? null,
      isDefault: lines.includes(`system default destination: ${name}`),
    }))
}
