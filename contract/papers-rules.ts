/** What the law wants on a paper, and what a printer can print: rules that the shape of a template does not tell. */
import { type LogoFault, readLogo } from '#contract/logo.ts'
import { type ConfigPath, type Problem, problem } from '#contract/mall-config-problem.ts'
import type { Papers, ReceiptPart, SlipPart } from '#contract/papers.ts'

/**
 * UU 25/2009 and the mall's own promise: a visitor knows which number and service it is, and can show the slip at any desk while
 * the server is away; a receipt says what the service costs, that it is paid to the bank only and under which reference it was,
 * where to complain, and where its proof is in the log.
 */
const NEEDED = {
  slip: {
    number: 'nomor antrean',
    service: 'nama layanan',
    qr: 'kode QR dan kode ketik, agar loket lain dapat membaca struk saat server mati',
  } satisfies Partial<Record<SlipPart, string>>,
  receipt: {
    number: 'nomor antrean',
    service: 'nama layanan',
    tariff: 'tarif resmi',
    payment: 'pembayaran hanya melalui bank, dan nomor transaksinya',
    complaint: 'saluran pengaduan',
    proof: 'bukti catatan',
  } satisfies Partial<Record<ReceiptPart, string>>,
}
const PAPER_NAMES = { slip: 'Struk antrean', receipt: 'Tanda terima' }

const LOGO_ADVICE: Readonly<Record<LogoFault, string>> = {
  LOGO_TOO_LARGE: 'Logo lebih besar dari 32 KiB. Kecilkan gambarnya.',
  LOGO_NOT_PNG: 'Logo bukan gambar PNG (misalnya JPEG, atau base64-nya salah salin). Simpan ulang sebagai PNG.',
  LOGO_BROKEN: 'Gambar PNG pada logo rusak atau tidak lengkap. Salin ulang seluruh isinya.',
  LOGO_INTERLACED: 'Logo disimpan dengan interlace. Simpan ulang PNG tanpa interlace (Adam7).',
  LOGO_TOO_WIDE: 'Logo lebih lebar dari 576 titik. Kecilkan gambarnya.',
  LOGO_TOO_TALL: 'Logo lebih tinggi dari 240 titik (3 cm di kertas). Kecilkan gambarnya.',
}

/** `at` is where the papers stand in the configuration. */
export function paperProblems(papers: Papers, at: ConfigPath = ['papers']): Problem[] {
  const missing = (['slip', 'receipt'] as const).flatMap((paper) => {
    const kinds = papers[paper]?.map(({ kind }) => kind as string)
    if (!kinds) return []
    return Object.entries(NEEDED[paper])
      .filter(([part]) => !kinds.includes(part))
      .map(([part, name]) =>
        problem(
          [...at, paper],
          'PAPER_PART_MISSING',
          `${PAPER_NAMES[paper]} belum memuat "${part}" (${name}), yang wajib ada. Tambahkan {"kind": "${part}"}.`,
        ),
      )
  })
  const logo = papers.logo === undefined ? null : readLogo(papers.logo)
  return logo?.ok === false ? [...missing, logoProblem(logo.fault, at)] : missing
}

export function logoProblem(fault: LogoFault, at: ConfigPath = ['papers']): Problem {
  return problem([...at, 'logo'], fault, LOGO_ADVICE[fault])
}
