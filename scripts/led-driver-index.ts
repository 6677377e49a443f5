/** The list of LED drivers, written from the folder they are in: a driver is found because its file is there. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '#scripts/root.ts'

const FOLDER = 'main/host/devices/led/drivers'
const INDEX = join(ROOT, FOLDER, 'index.ts')

/** Whether the list names exactly the drivers that are in the folder. */
export function isLedDriverIndexFresh(): boolean {
  return readFileSync(INDEX, 'utf8') === indexText()
}

/** Leaves a list that is right as it is, so that nothing looks changed. */
export function writeLedDriverIndex(): void {
  if (!isLedDriverIndexFresh()) writeFileSync(INDEX, indexText())
}

function indexText(): string {
  const ids = readdirSync(join(ROOT, FOLDER))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted()
  const imports = ids.map((id) => `import { driver as ${nameOf(id)} } from '#${FOLDER}/${id}.ts'`)
  return [
    '/** Written from this folder by scripts/write-led-drivers.ts. A new driver is a new file here and nothing else. */',
    ...imports,
    '',
    '// biome-ignore format: one line each, however many there are',
    'export const drivers = [',
    ...ids.map((id) => `  ${nameOf(id)},`),
    '] as const',
    '',
  ].join('\n')
}

/** modbus-rtu is modbusRtu. */
function nameOf(id: string): string {
  return id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
