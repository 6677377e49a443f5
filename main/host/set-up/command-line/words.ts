/** Sentences for the technician's terminal. */
import type { Hint } from '#contract/methods/devices.ts'

export const HINT_WORDS: Readonly<Record<Hint, string>> = {
  HINT_CABLE: 'Periksa kabel dan adaptor USB: tercabut, longgar, atau port lain.',
  HINT_POWER: 'Periksa catu daya: apakah perangkat menyala?',
  HINT_PORT_IN_USE:
    'Port dipakai program lain (mungkin Loket yang sedang jalan: tutup dahulu, atau uji dari layar Perangkat), atau tidak ada hak.',
  HINT_BAUD:
    'Samakan kecepatan (baud), bit, dan paritas dengan perangkat: bila berbeda, keduanya tidak saling terbaca.',
  HINT_SWAP_LINES: 'Tukar A dan B (RS-485), atau TX dan RX (RS-232).',
  HINT_ADDRESS: 'Samakan alamat (unit) dengan yang diatur di perangkat.',
  HINT_FLOW_CONTROL: 'Matikan kendali aliran (flow control) di perangkat.',
  HINT_NO_ANSWER_WANTED: 'Bila layar memang tidak pernah membalas: kosongkan reply.',
  HINT_LOOK_AT_IT: 'Semua terkirim: lihat layarnya, apakah hasilnya tampil.',
  HINT_LOOK_AT_PAPER: 'Semua terkirim: lihat pencetaknya, apakah kertasnya keluar.',
  HINT_PAPER: 'Periksa gulungan kertas.',
  HINT_COVER: 'Tutup penutup pencetak sampai rapat.',
  HINT_NETWORK: 'Periksa kabel jaringan, alamat IP, dan nomor port.',
  HINT_TWO_ALIKE: 'Ada beberapa adaptor yang sama: pilih lagi port yang benar.',
  HINT_PRINTER_NAME: 'Nama pencetak harus sama persis dengan yang tampil pada perintah devices list.',
  HINT_SPOOLER_SERVICE:
    'Pastikan layanan pencetakan berjalan (Windows: Print Spooler; Linux: CUPS) dan komputer yang membagikan pencetak menyala.',
  HINT_PRINT_RIGHT: 'Periksa pencetak itu di sistem: hak mencetak, antrean yang dihentikan, dan ruang cakram.',
  HINT_DEVICE_PATH: 'Samakan path dengan perangkat atau pencetak bersama yang ada: /dev/usb/lp0, \\\\localhost\\STRUK.',
}
