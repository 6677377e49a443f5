/** The supervisor's acts for the technician at the server itself. Works on the database, also while the server runs. */
import { parseArgs } from 'node:util'
import { DEFAULT_DATA_DIR, databaseUrl } from '#server/command-line.ts'
import type { MallContext } from '#server/context.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'
import type { Db } from '#server/store/schema.ts'
import type { Bell } from '#server/stream/bell.ts'
import { openBell } from '#server/stream/open-bell.ts'
import { type StrandedHand, type StrandedReason, strandedHands } from '#server/supervision/stranded-hands.ts'
import { dismiss, readmit, reclaim, revoke } from '#server/supervision/supervise.ts'
import { type SupervisionCode, SupervisionFailure } from '#server/supervision/supervision-failure.ts'
import { toolContexts } from '#server/supervision/tool-contexts.ts'

const ACTS = { reclaim, dismiss, readmit, revoke } as const

/** Returns what to print. Throws StartError. */
export async function runSupervision(args: readonly string[], now: () => number = Date.now): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
      device: { type: 'string' },
    },
  })
  const [command, ...rest] = positionals
  if (!isCommand(command) || rest.length > 0) {
    throw new StartError('BAD_OPTION', 'Pilih: list, reclaim, dismiss, readmit atau revoke.')
  }
  const database = databaseUrl(values.database)
  const db = await openStore(database ?? values.data, { mustExist: true })
  let bell: Bell | undefined
  try {
    bell = await openBell(database)
    const contexts = await toolContexts(db, bell, now)
    if (command === 'list') {
      const lists = await Promise.all(contexts.map(listOf))
      return lists.join('')
    }
    if (!values.device) throw new StartError('BAD_OPTION', 'Sebutkan perangkatnya: --device ID (lihat list).')
    await ACTS[command](await mallOfDevice(db, contexts, values.device), values.device, 'technician')
    return 'Sudah dilaksanakan.\n'
  } catch (error) {
    if (error instanceof SupervisionFailure) throw new StartError(error.code, REFUSALS[error.code] ?? error.message)
    throw error
  } finally {
    await bell?.close()
    await db.destroy()
  }
}

async function mallOfDevice(db: Db, contexts: readonly MallContext[], deviceId: string): Promise<MallContext> {
  const device = await db.selectFrom('device').select('mall_id').where('id', '=', deviceId).executeTakeFirst()
  const context = contexts.find(({ mallId }) => mallId === device?.mall_id)
  if (!context) throw new SupervisionFailure('UNKNOWN_DEVICE', 'no mall of this database has such a device')
  return context
}

type Command = 'list' | keyof typeof ACTS

function isCommand(text: string | undefined): text is Command {
  return text === 'list' || (text !== undefined && text in ACTS)
}

async function listOf(context: MallContext): Promise<string> {
  const hands = await strandedHands(context.db, context)
  const { name, timeZone } = context.mall.config.mall
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const lines = hands.map((hand) => lineOf(hand, context, (at) => clock.format(at)))
  return `${name}\n${lines.length > 0 ? lines.join('') : '  Tidak ada yang perlu tindakan.\n'}`
}

function lineOf(hand: StrandedHand, { mall }: MallContext, clock: (at: number) => string): string {
  const counter =
    hand.counterId === null ? 'penerima' : `loket ${mall.counters.get(hand.counterId)?.name ?? hand.counterId}`
  const since = hand.silentSince === null ? 'belum terdengar' : `terdengar ${clock(hand.silentSince)}`
  const labels = hand.entries.map(({ label, status }) => (status === 'waiting' ? label : `${label}*`))
  return `  ${hand.deviceId}  ${counter}  ${hand.deviceName}  ${hand.reason} (${WHY[hand.reason]}), ${since}: ${labels.join(' ') || '-'}\n`
}

const WHY: Readonly<Record<StrandedReason, string>> = {
  IN_DOUBT: 'identitas diragukan',
  BEHIND_BARRIER: 'belum melapor sejak pemulihan',
  SESSION_OVER: 'loketnya dibuka di PC lain',
  SILENT: 'tidak terdengar',
}

const REFUSALS: Partial<Record<SupervisionCode, string>> = {
  NOT_STRANDED: 'Loket itu terhubung dan sehat; tidak ada yang perlu diambil kembali.',
  NOT_IN_DOUBT: 'Perangkat itu tidak sedang diragukan.',
  NOT_BEHIND_BARRIER: 'Perangkat itu tidak sedang ditunggu.',
  UNKNOWN_DEVICE: 'Perangkat itu tidak ada. Lihat daftarnya: npm run penyelia -- list.',
}
