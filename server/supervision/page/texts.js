/** What the supervisor's page says. Codes are stable; these are their Indonesian words. */

export const REASONS = {
  SILENT: 'Loket ini tidak terdengar lebih dari 1 menit, dan antrean masih ada padanya.',
  SESSION_OVER: 'Loket ini sudah dibuka di PC lain, tetapi PC ini masih memegang antrean.',
  IN_DOUBT: 'Identitas PC ini diragukan: isinya tampak seperti salinan lama atau dipakai di dua tempat.',
  BEHIND_BARRIER: 'Server dipulihkan dari cadangan dan PC ini belum melapor. Antrean lama menunggu laporannya.',
}

const STOPPED = 'Saya sudah memastikan loket ini berhenti.'

export const ACTS = {
  reclaim: {
    button: 'Ambil kembali antrean',
    title: 'Ambil kembali antrean dari {place}?',
    text: 'Semua antrean di PC itu, juga yang sudah dipanggil, menunggu lagi dan dibagikan ke loket lain. Sesi loketnya berakhir. Bila loket itu ternyata masih melayani, satu orang dapat dipanggil dua kali.',
    sure: STOPPED,
    yes: 'Ambil kembali',
  },
  readmit: {
    button: 'Terima PC ini kembali',
    title: 'Terima kembali PC di {place}?',
    text: 'Antrean di PC itu dibagikan lagi, dan PC itu mulai dengan catatan baru. Lakukan hanya setelah jelas PC mana yang benar; PC kembarannya harus dimatikan.',
    sure: 'Saya sudah memastikan PC inilah yang benar dan kembarannya mati.',
    yes: 'Terima kembali',
  },
  dismiss: {
    button: 'Jangan tunggu PC ini',
    title: 'Tidak menunggu laporan {place}?',
    text: 'Antrean dari sebelum pemulihan dibagikan tanpa laporan PC ini. Yang sudah dipanggil di sana dapat terpanggil sekali lagi di loket lain.',
    sure: STOPPED,
    yes: 'Jangan tunggu lagi',
  },
  revoke: {
    button: 'Cabut PC ini',
    title: 'Cabut PC di {place}?',
    text: 'Server tidak lagi menerima PC ini. Untuk memakainya lagi, PC harus didaftarkan dari awal dengan kode baru. Antrean padanya dapat diambil kembali sesudahnya.',
    sure: 'Saya yakin PC ini tidak dipakai lagi.',
    yes: 'Cabut',
  },
}

export const FINDINGS = {
  VOID_GRANT: 'Dikerjakan di loket yang sudah tidak memegang antrean itu.',
  STATUS_CONFLICT: 'Tindakan tidak cocok dengan keadaan antrean.',
  UNKNOWN_VISIT: 'Nomor belum dikenal server.',
  UNKNOWN_SERVICE: 'Layanan tidak ada di konfigurasi.',
  LABEL_TAKEN: 'Nomor itu sudah dipakai kunjungan lain hari ini.',
  UNDECODABLE: 'Catatan tidak terbaca; disimpan terpisah.',
  NOT_YOURS: 'Catatan mengaku dari perangkat lain; disimpan terpisah.',
  SUPERSEDED: 'Antrean yang sama dilayani di loket lain; yang di sini tidak dihitung.',
  RECLAIMED: 'Ditulis setelah antrean diambil kembali oleh penyelia.',
  AFTER_MIDNIGHT: 'Selesai setelah lewat tengah malam.',
  ALREADY_CALLED: 'Nomor dibatalkan penerima tamu setelah dipanggil loket.',
  OVER_QUOTA: 'Melebihi kuota hari itu; diberikan saat meja luring.',
  APPOINTMENT_USED: 'Kode janji temu dipakai di dua meja; keduanya dilayani.',
  UNDO_TOO_LATE: 'Dibatalkan setelah antrean berikutnya sudah berjalan.',
  UNKNOWN_TYPE: 'Jenis catatan belum dikenal versi server ini; disimpan.',
}

export const CODES = {
  UNAUTHORISED: 'Sesi berakhir. Masuk lagi.',
  WRONG_PIN: 'Kode petugas atau PIN salah.',
  LOCKED: 'Terlalu banyak PIN salah. Coba lagi dalam {seconds} detik.',
  NOT_STRANDED: 'Loket itu terhubung dan sehat; tidak ada yang perlu diambil kembali.',
  NOT_IN_DOUBT: 'PC itu tidak sedang diragukan.',
  NOT_BEHIND_BARRIER: 'PC itu tidak sedang ditunggu.',
  UNKNOWN_DEVICE: 'PC itu tidak dikenal.',
}
