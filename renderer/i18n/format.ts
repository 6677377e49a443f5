/** Numbers and times as people read them. The zone is the mall's, never the PC's. */
import { useIntl } from 'react-intl'
import { businessDate } from '#domain/business-date.ts'
import { type MessageKey, useText } from '#renderer/i18n/text.tsx'
import { useCatalogue, useClock } from '#renderer/state/context.tsx'

type Zone = 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'
const ZONE_NAMES: Record<Zone, MessageKey> = {
  'Asia/Jakarta': 'zone.wib',
  'Asia/Makassar': 'zone.wita',
  'Asia/Jayapura': 'zone.wit',
}

export function useMallTime() {
  const intl = useIntl()
  const text = useText()
  const zone = useCatalogue()?.timeZone ?? 'Asia/Jakarta'
  const time = (at: number) =>
    intl.formatTime(at, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const exactTime = (at: number) =>
    intl.formatTime(at, { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  return { time, exactTime, zoneName: text(ZONE_NAMES[zone]) }
}

/** A calendar date (YYYY-MM-DD) as people write it. */
export function useCalendarDate(): (date: string) => string {
  const intl = useIntl()
  return (date) =>
    intl.formatDate(`${date}T00:00:00Z`, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
}

/** The mall's date now. */
export function useToday(): string {
  const zone = useCatalogue()?.timeZone ?? 'Asia/Jakarta'
  return useClock((now) => businessDate(now, zone))
}

export function useRupiah(): (amount: number) => string {
  const intl = useIntl()
  const text = useText()
  return (amount) =>
    amount === 0
      ? text('tariff.free')
      : intl.formatNumber(amount, { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 })
}

/** 4:05, 1:02:09. The colon reads the same in both languages on a stopwatch. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const two = (n: number) => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`
}
