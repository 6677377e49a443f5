/** node enrolment-codes.ts PLACE ROLES-AS-JSON: prints one code per role, through the measured checkout's own functions. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { SERVER_ROOT } from '#tests/bench/product/root.ts'

const load = (path: string) => import(pathToFileURL(join(SERVER_ROOT, path)).href)
const { openStore } = (await load('server/store/open.ts')) as typeof import('#server/store/open.ts')
const { createEnrolmentCode } = (await load('server/enrolment.ts')) as typeof import('#server/enrolment.ts')

const [place = '', roles = '[]'] = process.argv.slice(2)
const db = await openStore(place, { mustExist: true })
for (const role of JSON.parse(roles) as DeviceRole[]) console.log(await createEnrolmentCode(db, role))
await db.destroy()
