/** The plain page for a person whose browser may not or cannot have the desk: what happened and what to do. */

export type Refusal = 'TOKEN' | 'HOST' | 'NOT_FOUND' | 'SCREEN_UNKNOWN' | 'METHOD' | 'BROKEN'

const PAGES: Record<Refusal, { status: number; title: string; text: string }> = {
  TOKEN: {
    status: 403,
    title: 'Alamat ini sudah dipakai atau tidak berlaku',
    text: 'Alamat dengan token hanya berlaku satu kali, di satu browser. Alamat baru sudah tampil di terminal tempat Loket berjalan: buka yang itu.',
  },
  HOST: {
    status: 403,
    title: 'Alamat ini tidak dilayani',
    text: 'Buka Loket dengan alamat 127.0.0.1 persis seperti yang tampil di terminal.',
  },
  NOT_FOUND: { status: 404, title: 'Halaman tidak ada', text: 'Buka alamat yang tampil di terminal.' },
  SCREEN_UNKNOWN: { status: 404, title: 'Layar ini tidak ada', text: 'Buka alamat yang tampil di terminal.' },
  METHOD: { status: 405, title: 'Permintaan tidak dilayani', text: 'Buka alamat yang tampil di terminal.' },
  BROKEN: {
    status: 500,
    title: 'Tampilan belum dapat dimuat',
    text: 'Lihat berkas log yang disebut di terminal, lalu jalankan ulang Loket.',
  },
}

export function refusalPage(refusal: Refusal): { status: number; body: string } {
  const { status, title, text } = PAGES[refusal]
  const body = `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<title>${title}</title>
<h1>${title}</h1>
<p>${text}</p>
<p>Kode: ${refusal}</p>
</html>
`
  return { status, body }
}
