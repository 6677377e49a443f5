/** Publishes the shape of the mall's configuration as JSON Schema, so that editors check the file while it is typed. */
import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { MallConfig } from '#contract/mall-config.ts'

export const SCHEMA_FILE = new URL('../config/mall.schema.json', import.meta.url)

export function mallSchemaText(): string {
  // Draft 7 is what the editors in use understand fully; 'input' because people write the file before trimming.
  const schema = z.toJSONSchema(MallConfig, { target: 'draft-7', io: 'input' })
  return `${JSON.stringify({ ...schema, title: 'Konfigurasi Mal Pelayanan Publik' }, null, 2)}\n`
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, mallSchemaText())
