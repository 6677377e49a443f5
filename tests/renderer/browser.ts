/**
 * A real Chromium for tests: LOKET_CHROMIUM, else an installed one, else the headless one inside @sparticuz/chromium,
 * which brings its own NSS libraries, so that a bare Linux machine needs nothing else.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { ROOT } from '#scripts/root.ts'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** No sandbox, because CI runs as root; no traffic of its own, because a mall's network may be closed. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function launchChromium(): Promise<Browser> {
  const installed = process.env.LOKET_CHROMIUM ?? INSTALLED.find((path) => existsSync(path))
  if (installed) return chromium.launch({ executablePath: installed, args: ARGS })
  return launchBundledChromium()
}

/** The browser inside the npm package, also where another one is installed. */
export async function launchBundledChromium(): Promise<Browser> {
  const folder = await unpackedChromium()
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_PATH: folder,
  }
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: [...ARGS, '--no-zygote'], env })
}

/** Unpacks once per version of the package; about 3 s. */
async function unpackedChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const home = join(dirname(entry), '..')
  const { version } = createRequire(import.meta.url)(join(home, 'package.json')) as { version: string }
  const cache = join(ROOT, 'node_modules/.cache/loket-chromium')
  const folder = join(cache, `${version}-own-fonts`)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const unfinished = await mkdtemp(join(cache, 'unfinished-'))
  await inTemporaryFolder(unfinished, async () => {
    const { default: bundled, inflate } = await import('@sparticuz/chromium')
    await bundled.executablePath()
    await inflate(join(home, 'bin/al2023.tar.br'))
  })
  await writeFile(join(unfinished, 'fonts.conf'), fontConfiguration(folder))
  // Another worker may have been faster; its copy is the same.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }))
  return folder
}

/** The package unpacks into the system's temporary folder, where the copies of two workers would meet. */
async function inTemporaryFolder(folder: string, act: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    await act()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** Only the package's own: what a screen looks like must not depend on what else is installed. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`
}
