/** The command line of npm start. */
import { parseArgs } from 'node:util'

export type StartArguments =
  | { ok: true; browser: boolean; port: number | null; help: boolean }
  | { ok: false; message: string }

export const HELP = `npm start                    mal dalam satu laptop: server mal, loket, penerima tamu
npm start -- --browser       tampilkan di browser, bukan di jendela Electron
npm start -- --port 4710     port untuk browser (tanpa ini: port bebas pertama mulai 4710)`

export function readArguments(args: readonly string[]): StartArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { browser: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
    })
    const port = values.port === undefined ? null : Number(values.port)
    if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
      return { ok: false, message: `--port ${values.port}: harus angka 1 sampai 65535.` }
    }
    return { ok: true, browser: values.browser ?? false, port, help: values.help ?? false }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
