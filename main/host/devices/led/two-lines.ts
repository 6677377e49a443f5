/** What a customer display of two lines with twenty characters says; the commands that put it there are the driver's. */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import { toAscii } from '#main/host/devices/ascii.ts'
import { labelText } from '#main/host/devices/led/shown-text.ts'

export const COLUMNS = 20

/** Parameters that every two-line driver has. */
export function twoLineParameters() {
  const lineText = () => z.string().max(COLUMNS)
  return {
    queueWord: z.string().max(10).default('ANTREAN').meta({ title: 'Kata di depan nomor' }),
    counterWord: z.string().max(10).default('LOKET').meta({ title: 'Kata di depan nama loket' }),
    idleUpper: lineText().default('SELAMAT DATANG').meta({ title: 'Siaga, baris atas' }),
    idleLower: lineText().default('SILAKAN MENUNGGU').meta({ title: 'Siaga, baris bawah' }),
    pausedUpper: lineText().default('LOKET JEDA SEBENTAR').meta({ title: 'Jeda, baris atas' }),
    pausedLower: lineText().default('MOHON MENUNGGU').meta({ title: 'Jeda, baris bawah' }),
    closedUpper: lineText().default('LOKET TUTUP').meta({ title: 'Tutup, baris atas' }),
    closedLower: lineText().default('').meta({ title: 'Tutup, baris bawah' }),
  }
}

type TwoLineParams = { [Name in keyof ReturnType<typeof twoLineParameters>]: string }

export const DARK: readonly [string, string] = [' '.repeat(COLUMNS), ' '.repeat(COLUMNS)]

/** Both lines with exactly twenty characters of printable ASCII; null when the number does not fit. */
export function twoLines(state: LedState, params: TwoLineParams): readonly [string, string] | null {
  switch (state.kind) {
    case 'closed':
      return [line(params.closedUpper), line(params.closedLower)]
    case 'paused':
      return [line(params.pausedUpper), line(params.pausedLower)]
    case 'idle':
      return [line(params.idleUpper), line(params.idleLower)]
    case 'number': {
      // A cut number is somebody else's number: give up the word before it, then the whole line.
      const number = labelText(state.label)
      if (number === null || number.length > COLUMNS) return null
      return [withWord(params.queueWord, number), withWord(params.counterWord, state.counterName)]
    }
  }
}

function withWord(word: string, text: string): string {
  const both = `${toAscii(word)} ${toAscii(text)}`.trim()
  return line(both.length <= COLUMNS ? both : text)
}

function line(text: string): string {
  return toAscii(text).slice(0, COLUMNS).padEnd(COLUMNS)
}
