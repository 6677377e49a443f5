/** postgres://user:password@host:port/database */
import { StartError } from '#server/start-error.ts'

export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text)
}

/** What messages may say of an address: never the password. Throws StartError. */
export function describePostgres(url: string): string {
  if (!URL.canParse(url)) {
    throw new StartError('BAD_OPTION', 'Tulis alamat basis data sebagai postgres://PENGGUNA:SANDI@SERVER:5432/NAMA.')
  }
  const { hostname, port, pathname } = new URL(url)
  return `PostgreSQL ${pathname.slice(1) || '(bawaan)'} di ${hostname || 'komputer ini'}${port ? `:${port}` : ''}`
}
