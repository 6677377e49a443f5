/** Serves the built renderer's folder and nothing outside it, the same for app:// and for the loopback gateway. */
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'
import { NONCE_PLACEHOLDER } from '#main/shell/content-policy.ts'

export type RendererFile = { body: Buffer; contentType: string }

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Null when there is no such file, when its kind is not served, or when the path leaves the folder in whatever spelling.
 * `pathname` is the still encoded path of a URL.
 */
export async function readRendererFile(folder: string, pathname: string, nonce: string): Promise<RendererFile | null> {
  const file = locate(folder, pathname === '/' ? '/index.html' : pathname)
  if (!file) return null
  const contentType = CONTENT_TYPES[extname(file)]
  if (!contentType) return null
  const body = await readIfFile(file)
  if (!body) return null
  if (extname(file) !== '.html') return { body, contentType }
  return { body: Buffer.from(body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)), contentType }
}

function locate(folder: string, pathname: string): string | null {
  const path = decode(pathname)
  // A backslash is a separator on Windows, a colon a drive or an alternate stream; no file of ours has either.
  if (path === null || /[\\:\0]/.test(path)) return null
  const file = join(folder, path)
  const inside = relative(folder, file)
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? null : file
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // Not valid percent-encoding, so not the name of a file.
    return null
  }
}

async function readIfFile(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG'
}
