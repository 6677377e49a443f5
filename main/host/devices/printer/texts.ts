/** Words, amounts and times on paper: ICU messages in the document's language, times in the mall's zone. */
import { createIntl, createIntlCache } from '@formatjs/intl'
import { zoneName } from '#domain/business-date.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import en from '#main/host/devices/printer/messages/en.json' with { type: 'json' }
import id from '#main/host/devices/printer/messages/id.json' with { type: 'json' }

export type MessageId = keyof typeof id

export const catalogues: Record<PrintDocument['language'], Record<MessageId, string>> = { id, en }

/** en-GB, because "11/12/2026" and "Nov 12" order days in a way that visitors here do not expect. */
const LOCALES: Record<PrintDocument['language'], string> = { id: 'id', en: 'en-GB' }

/** Parsed messages and formatters, kept over documents: building them is most of the time of a receipt. */
const cache = createIntlCache()

export type Texts = {
  text(message: MessageId, values?: Record<string, string | number>): string
  /** "21 Nov 2026 17.36 WITA". */
  dateTime(epochMs: number): string
}

/** Throws on an unknown time zone or a missing value: such a document cannot be printed. */
export function createTexts(language: PrintDocument['language'], timeZone: string): Texts {
  const onError = (error: Error) => {
    throw error
  }
  const intl = createIntl({ locale: LOCALES[language], timeZone, messages: catalogues[language], onError }, cache)
  const text: Texts['text'] = (message, values) => intl.formatMessage({ id: message }, values)
  return {
    text,
    dateTime: (epochMs) =>
      text('dateTime', {
        date: intl.formatDate(epochMs, { day: 'numeric', month: 'short', year: 'numeric' }),
        time: intl.formatDate(epochMs, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
        zone: zoneName(timeZone),
      }),
  }
}
