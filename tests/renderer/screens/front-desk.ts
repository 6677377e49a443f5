import type { Page } from 'playwright-core'
import { busyPanel, frontDeskSnapshot, laptopShell } from '#tests/renderer/sample-screens.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const desk = () => ({ desk: frontDeskSnapshot() })

async function choose(page: Page) {
  await page.getByRole('combobox').fill('kehilangan')
  await page.getByRole('option').first().click()
}

export const frontDesk: readonly ScreenState[] = [
  { name: 'nothing chosen', topics: desk },
  {
    name: 'service chosen',
    pictures: ['id light', 'id dark', 'en light', 'id light wide'],
    topics: desk,
    act: ({ page }) => choose(page),
  },
  {
    name: 'service chosen in the laptop',
    topics: () => ({ ...desk(), shell: laptopShell, panel: busyPanel }),
    act: ({ page }) => choose(page),
  },
  {
    name: 'number given',
    pictures: ['id light'],
    topics: desk,
    prepare: (host) => host.answer('visit.issue', () => ({ ok: true, data: { visitId: 'v', label: 'P-042' } })),
    async act({ page }) {
      await choose(page)
      await page.keyboard.press('F2')
      await page.getByText('P-042').waitFor()
    },
  },
  {
    name: 'nothing found',
    topics: desk,
    act: ({ page }) => page.getByRole('combobox').fill('kereta api'),
  },
  {
    name: 'officer without the role',
    topics: () => ({ desk: frontDeskSnapshot({ officer: { id: 'o', name: 'Sari', roles: ['officer'] } }) }),
  },
]
