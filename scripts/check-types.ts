/** Type-checks every folder with its own compiler settings; a folder without a tsconfig.json is a failure. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '#scripts/root.ts'

const { references } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
  references: { path: string }[]
}

function check(folder: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      cwd: ROOT,
      stdio: 'inherit',
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

let failed = 0
for (const { path } of references) {
  if ((await check(path)) !== 0) failed += 1
}
console.log(`types: ${references.length} folders, ${failed} with errors`)
process.exitCode = failed > 0 || references.length === 0 ? 1 : 0
