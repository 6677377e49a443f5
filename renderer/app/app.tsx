import { MantineProvider } from '@mantine/core'
import { CrashGuard } from '#renderer/app/crash-guard.tsx'
import { Screen } from '#renderer/app/screen.tsx'
import { Bar } from '#renderer/bar/bar.tsx'
import { TextProvider } from '#renderer/i18n/text.tsx'
import { StoreProvider } from '#renderer/state/context.tsx'
import type { DeskStore } from '#renderer/state/desk-store.ts'
import { cssVariables, theme } from '#renderer/theme.ts'
import { view } from '#renderer/transport/client.ts'

export function App({ store }: { store: DeskStore }) {
  return (
    <TextProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <StoreProvider store={store}>
          <CrashGuard>{view(window.location) === 'bar' ? <Bar /> : <Screen />}</CrashGuard>
        </StoreProvider>
      </MantineProvider>
    </TextProvider>
  )
}

/** The page's content security policy admits only style elements that carry it; Vite put it in a meta element. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
