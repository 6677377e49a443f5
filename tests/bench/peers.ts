/** The programs that Loket is compared with have a folder and a lock file of their own: who builds Loket never installs them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, 'peers')

export const PEERS_MISSING = 'The peers of the suite sync are not installed. Install them with: npm run bench:install'

export const hasPeers = (): boolean => existsSync(join(FOLDER, 'node_modules/pouchdb'))

export const peerProgram = (name: string): string => join(FOLDER, name)
