/** Bookings as a supervisor handles them at the server's console; also while it runs. Returns what to print. Throws StartError. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { importAppointments, removeAppointment } from '#server/appointments/appointments.ts'
import { readAppointments } from '#server/appointments/read-csv.ts'
import { DEFAULT_DATA_DIR, databaseUrl } from '#server/command-line.ts'
import { chooseMall } from '#server/config/choose-mall.ts'
import type { MallContext } from '#server/context.ts'
import { today } from '#server/queue/sessions.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'
import type { Bell } from '#server/stream/bell.ts'
import { openBell } from '#server/stream/open-bell.ts'
import { toolContexts } from '#server/supervision/tool-contexts.ts'

const USAGE = 'Pilih: import BERKAS.csv, list [--date YYYY-MM-DD] atau remove KODE.'

export async function runAppointments(args: readonly string[], now: () => number = Date.now): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
      mall: { type: 'string' },
      date: { type: 'string' },
    },
  })
  const [command, subject, ...rest] = positionals
  if (rest.length > 0 || (command !== 'list' && subject === undefined)) throw new StartError('BAD_OPTION', USAGE)
  const database = databaseUrl(values.database)
  const db = await openStore(database ?? values.data, { mustExist: true })
  let bell: Bell | undefined
  try {
    bell = await openBell(database)
    const mallId = await chooseMall(db, values.mall)
    const context = (await toolContexts(db, bell, now)).find((one) => one.mallId === mallId)
    if (!context)
      throw new StartError('CONFIG_MISSING', 'Server belum menyimpan konfigurasi mal. Jalankan servernya dulu.')
    switch (command) {
      case 'import':
        return await takeFile(context, subject ?? '')
      case 'list':
        return await listOf(context, values.date ?? today(context))
      case 'remove':
        return await remove(context, (subject ?? '').toUpperCase())
      default:
        throw new StartError('BAD_OPTION', USAGE)
    }
  } finally {
    await bell?.close()
    await db.destroy()
  }
}

async function takeFile(context: MallContext, path: string): Promise<string> {
  const reading = readAppointments(readText(path), context.mall)
  if (!reading.ok) {
    throw new StartError(
      'APPOINTMENTS_WRONG',
      `${path} tidak diambil, tidak satu baris pun:\n${reading.problems.join('\n')}`,
    )
  }
  const taken = await importAppointments(context, reading.bookings)
  const used = reading.bookings.length - taken
  const kept = used > 0 ? ` ${used} sudah dipakai dan dibiarkan.` : ''
  return `${taken} janji temu tersimpan.${kept}\n`
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'tanpa kode'
    throw new StartError('FILE_UNREADABLE', `${path} tidak dapat dibaca (${code}). Simpan sebagai CSV UTF-8.`)
  }
}

async function listOf({ db, mallId, mall }: MallContext, date: string): Promise<string> {
  const rows = await db
    .selectFrom('appointment')
    .selectAll()
    .where('mall_id', '=', mallId)
    .where('business_date', '=', date)
    .orderBy('at')
    .orderBy('code')
    .execute()
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: mall.timeZone, timeStyle: 'short' })
  const lines = rows.map(
    (row) =>
      `  ${clock.format(row.at)}  ${row.code}  ${row.service_id}${row.used_by === null ? '' : '  sudah dipakai'}\n`,
  )
  return `${date}: ${rows.length} janji temu\n${lines.join('')}`
}

async function remove(context: MallContext, code: string): Promise<string> {
  if (await removeAppointment(context, code)) return `${code} dihapus.\n`
  throw new StartError(
    'APPOINTMENT_UNKNOWN',
    `${code} tidak ada, atau sudah dipakai. Lihat: npm run appointments -- list.`,
  )
}
