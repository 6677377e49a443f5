import { catalogue, counterSnapshot, laptopShell, POLICE_OFFICER } from '#tests/renderer/sample-screens.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const many = Array.from({ length: 30 }, (_, n) => ({ id: `o${n}`, name: `Petugas ${n}`, roles: ['officer' as const] }))

export const signIn: readonly ScreenState[] = [
  { name: 'names', pictures: ['en dark'], topics: () => ({ desk: counterSnapshot() }) },
  { name: 'names in the laptop', topics: () => ({ desk: counterSnapshot(), shell: laptopShell }) },
  {
    name: 'many names',
    topics: () => ({ desk: counterSnapshot(), catalogue: { ...catalogue, officers: many } }),
  },
  {
    name: 'PIN that was wrong',
    pictures: ['id light'],
    topics: () => ({ desk: counterSnapshot() }),
    prepare: (host) => host.answer('session.signIn', () => ({ ok: false, code: 'WRONG_PIN' })),
    async act({ page }) {
      await page.getByRole('button', { name: POLICE_OFFICER.name }).click()
      await page.keyboard.type('111111')
      await page.getByRole('alert').waitFor()
    },
  },
]
