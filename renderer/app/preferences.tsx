/** Language and light or dark, on every screen. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useLocale, useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'

export function Preferences() {
  const text = useText()
  const { locale, setLocale } = useLocale()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  return (
    <>
      <Button
        look="quiet"
        size="small"
        icon="language"
        aria-label={text('preferences.language')}
        onClick={() => setLocale(locale === 'id' ? 'en' : 'id')}
      >
        {text('preferences.otherLanguage')}
      </Button>
      <Button
        look="quiet"
        size="small"
        icon={scheme === 'dark' ? 'sun' : 'moon'}
        aria-label={text(scheme === 'dark' ? 'preferences.light' : 'preferences.dark')}
        title={text(scheme === 'dark' ? 'preferences.light' : 'preferences.dark')}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      />
    </>
  )
}
