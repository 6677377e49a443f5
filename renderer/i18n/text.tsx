/** Every word on the screen comes from messages/*.json through here. */
import { useLocalStorage } from '@mantine/hooks'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { IntlProvider, useIntl } from 'react-intl'
import en from '#renderer/messages/en.json' with { type: 'json' }
import id from '#renderer/messages/id.json' with { type: 'json' }

export type MessageKey = keyof typeof id
export type Locale = 'id' | 'en'
export type Text = (key: MessageKey, values?: Record<string, string | number>) => string

const CATALOGUES: Record<Locale, Record<string, string>> = { id, en }
/** Region decides how times and amounts are written: 10.42 in Indonesia. */
const FORMAT_LOCALES: Record<Locale, string> = { id: 'id-ID', en: 'en-GB' }

const LocaleContext = createContext<{ locale: Locale; setLocale: (locale: Locale) => void } | null>(null)

export function TextProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useLocalStorage<Locale>({
    key: 'loket.locale',
    defaultValue: 'id',
    getInitialValueInEffect: false,
  })
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  return (
    <LocaleContext value={{ locale, setLocale }}>
      <IntlProvider locale={FORMAT_LOCALES[locale]} defaultLocale="id-ID" messages={CATALOGUES[locale]}>
        {children}
      </IntlProvider>
    </LocaleContext>
  )
}

export function useLocale() {
  const value = useContext(LocaleContext)
  if (!value) throw new Error('TextProvider is missing')
  return value
}

export function useText(): Text {
  const intl = useIntl()
  return (key, values) => intl.formatMessage({ id: key }, values)
}

/** Text of the mall's configuration: Indonesian where the mall has no English. */
export function useMallText(): (text: { id: string; en?: string | undefined }) => string {
  const { locale } = useLocale()
  return (text) => (locale === 'en' ? (text.en ?? text.id) : text.id)
}
