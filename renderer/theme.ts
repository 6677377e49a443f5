/** The look, decided once: every colour on the screen is one of these tokens, in its light and its dark shade. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e8f5f2',
  '#d0e9e3',
  '#a3d4c9',
  '#72bfae',
  '#3fb39d',
  '#23917e',
  '#127a69',
  '#0b6558',
  '#075248',
  '#053f38',
]

/** What was pressed for is there with the next frame: hundreds of times a day nobody waits for a fade. */
const AT_ONCE = { duration: 0 }

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { teal },
  // Shipped with the screens: made to tell 0 from O and 1 from l at a distance, and the same on every PC.
  fontFamily: '"Atkinson Hyperlegible Next Variable", "Segoe UI", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  defaultRadius: 'md',
  radius: { md: '0.625rem', lg: '1rem' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // Locking the page's scroll would need a style element without the page's nonce.
    Modal: { defaultProps: { centered: true, radius: 'lg', lockScroll: false, transitionProps: AT_ONCE } },
    // The placeholder is a focusable child that a menu may not have.
    Menu: { defaultProps: { transitionProps: AT_ONCE, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { transitionProps: AT_ONCE } },
  },
})

const LIGHT = {
  '--page': '#f1f5f4',
  '--card': '#ffffff',
  '--card-raised': '#f6f9f8',
  '--line': '#dbe4e1',
  '--line-strong': '#72827e',
  '--ink': '#0f1f1c',
  '--ink-2': '#3f504c',
  '--ink-3': '#566763',
  '--accent': '#0b6558',
  '--accent-hover': '#095549',
  '--on-accent': '#ffffff',
  '--accent-soft': '#e1f1ed',
  '--accent-ink': '#0a5a4e',
  '--near': '#8a4b00',
  '--near-soft': '#fff1d9',
  '--near-strong': '#d98712',
  '--over': '#b01e1e',
  '--over-soft': '#fdebe9',
  '--over-strong': '#d23b35',
  '--shadow': '0 1px 2px rgb(15 31 28 / 6%), 0 6px 20px rgb(15 31 28 / 6%)',
}

const DARK: typeof LIGHT = {
  '--page': '#0c1312',
  '--card': '#151e1c',
  '--card-raised': '#1b2624',
  '--line': '#293633',
  '--line-strong': '#7d8f8a',
  '--ink': '#eaf2f0',
  '--ink-2': '#bccac6',
  '--ink-3': '#98a9a4',
  '--accent': '#3fb39d',
  '--accent-hover': '#57c3ae',
  '--on-accent': '#04201b',
  '--accent-soft': '#12332d',
  '--accent-ink': '#6fd3bf',
  '--near': '#f5c06b',
  '--near-soft': '#33270f',
  '--near-strong': '#e0a23c',
  '--over': '#ffa69e',
  '--over-soft': '#3b1a18',
  '--over-strong': '#f0685f',
  '--shadow': '0 1px 2px rgb(0 0 0 / 30%)',
}

/** Mantine's own components follow the same tokens. */
const MANTINE = {
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--card-raised)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--over)',
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...LIGHT, ...MANTINE },
  dark: { ...DARK, ...MANTINE },
})
