/** Sentences for the technician's terminal. */
import type { Hint } from '#contract/device-methods.ts'

export const HINT_WORDS: Readonly<Record<Hint, string>> = {
  HINT_CABLE: 'Periksa kabel dan adaptor USB: tercabut, longgar, atau port lain.',
  HINT_POWER: 'Periksa catu daya: apakah perangkat menyala?',
  HINT_PORT_IN_USE:
    'Port dipakai program lain (Loket yang sedang jalan juga): tutup dahulu, atau uji dari layar Perangkat.',
  HINT_BAUD: 'Ada jawaban yang tidak terbaca: samakan kecepatan (baud), bit, dan paritas dengan perangkat.',
  HINT_SWAP_LINES: 'Tukar A dan B (RS-485), atau TX dan RX (RS-232).',
  HINT_ADDRESS: 'Samakan alamat (unit) dengan yang diatur di perangkat.',
  HINT_FLOW_CONTROL: 'Matikan kendali aliran (flow control) di perangkat.',
  HINT_NO_ANSWER_WANTED: 'Bila layar memang tidak pernah membalas: kosongkan reply.',
  HINT_LOOK_AT_IT: 'Semua terkirim dan perangkat tidak menjawab: lihat sendiri apakah hasilnya tampil.',
  HINT_PAPER: 'Periksa gulungan kertas.',
  HINT_COVER: 'Tutup penutup pencetak sampai rapat.',
  HINT_NETWORK: 'Periksa kabel jaringan, alamat IP, dan nomor port.',
  HINT_TWO_ALIKE: 'Ada beberapa adaptor yang sama: pilih lagi port yang benar.',
  HINT_PRINTER_NAME: 'Nama pencetak harus sama persis dengan yang tampil pada perintah devices list.',
}
