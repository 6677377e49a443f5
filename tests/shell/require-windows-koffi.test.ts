/** The Windows installer is not packed without the native part that reaches its printers. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#scripts/root.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** The script in a project of its own that has these modules. */
function checkedWith(modules: Record<string, string>) {
  const folder = tempFolder()
  mkdirSync(join(folder, 'scripts'))
  for (const file of ['package.json', 'scripts/root.ts', 'scripts/require-windows-koffi.ts']) {
    copyFileSync(join(ROOT, file), join(folder, file))
  }
  for (const [name, version] of Object.entries(modules)) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true })
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, version }))
  }
  const script = join(folder, 'scripts/require-windows-koffi.ts')
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 20_000 })
  return { status, stderr }
}

const NATIVE = '@koromix/koffi-win32-x64'

test('it is packed when the native part has the version of the module', () => {
  expect(checkedWith({ koffi: '3.3.4', [NATIVE]: '3.3.4' })).toMatchObject({ status: 0 })
})

test.each([
  ['is missing', { koffi: '3.3.4' }, 'ada: tidak ada'],
  ['has another version', { koffi: '3.3.4', [NATIVE]: '3.3.3' }, 'ada: 3.3.3'],
  ['is there without the module', { [NATIVE]: '3.3.4' }, 'ada: 3.3.4'],
])('it is refused, with what to type, when the native part %s', (_, modules, found) => {
  const { status, stderr } = checkedWith(modules)
  expect(status).toBe(1)
  expect(stderr).toContain(found)
  expect(stderr).toContain(`npm install --no-save --force ${NATIVE}@`)
})
