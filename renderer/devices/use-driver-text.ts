/** The host names drivers and their parameters in Indonesian; the English names live here, by the Indonesian ones. */
import { useLocale } from '#renderer/i18n/text.tsx'
import english from '#renderer/messages/drivers-en.json' with { type: 'json' }

/** A name that has no English yet stays as it is. */
export function useDriverText(): (name: string) => string {
  const { locale } = useLocale()
  return (name) => (locale === 'en' ? ((english as Record<string, string>)[name] ?? name) : name)
}
