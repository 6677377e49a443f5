/** Why PostgreSQL could not be used, in the words of whoever has to do something about it. */
import { StartError } from '#server/start-error.ts'

export function asStartError(error: unknown, place: string): unknown {
  if (error instanceof StartError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === '28P01' || code === '28000' || error.message.startsWith('SASL')) {
    const todo = 'Periksa pengguna dan sandi di alamatnya, atau PGPASSWORD.'
    return new StartError('DATABASE_LOGIN_WRONG', `${place} menolak pengguna atau sandinya. ${todo}`)
  }
  if (code === '3D000') {
    return new StartError('DATABASE_MISSING', `${place} belum ada. Buat dulu basis datanya (createdb).`)
  }
  if (code === '42501' || code === '3F000') {
    const todo = 'Jadikan pengguna itu pemilik basis datanya.'
    return new StartError('DATABASE_NOT_ALLOWED', `Pengguna di ${place} tidak boleh membuat tabel. ${todo}`)
  }
  if (UNREACHABLE.test(code) || /timeout|terminated|SSL/.test(error.message)) {
    const detail = code || error.message
    return new StartError(
      'DATABASE_UNREACHABLE',
      `${place} tidak dapat dihubungi (${detail}). Periksa alamat dan jaringannya.`,
    )
  }
  if (code === '') return error
  return new StartError('DATABASE_UNUSABLE', `${place} tidak dapat dipakai (${code} ${error.message}).`)
}

/** No connection, or a server that takes none now: too many connections (53300), starting or stopping (57P0x). */
const UNREACHABLE = /^(E(?!RR_)[A-Z_]+|53300|57P0[1-5]|08[0-9A-Z]{3})$/
