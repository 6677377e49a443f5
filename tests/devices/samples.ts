/** Documents as use cases hand them to the printer. */
import type { LedState, ReceiptDocument, SlipDocument, TicketLabel } from '#main/host/device-documents.ts'

export const A012: TicketLabel = { text: 'A-012', prefix: 'A', digits: '012' }

export function number(label: TicketLabel = A012, blink = false): LedState {
  return { kind: 'number', label, counterName: '3', blink }
}

/** 21 November 2026, 09:36 in Makassar, where clocks show WITA. */
const ISSUED = Date.UTC(2026, 10, 21, 1, 36)
const MINUTE = 60_000

export const slip: SlipDocument = {
  kind: 'slip',
  language: 'id',
  timeZone: 'Asia/Makassar',
  mallName: 'Mal Pelayanan Publik Buleleng',
  agencyName: 'Dinas Kependudukan dan Pencatatan Sipil',
  serviceName: 'Penggantian KTP-el karena hilang',
  label: A012,
  counterNames: ['3', '4'],
  peopleAhead: 7,
  standardMinutes: 15,
  requirements: ['Surat keterangan hilang dari kepolisian', 'Formulir F-1.02'],
  tariffRupiah: 0,
  product: 'KTP-el',
  complaintChannel: 'SP4N-LAPOR! lapor.go.id',
  priority: false,
  issuedAt: ISSUED,
  qr: 'LOKET2;v7f3;1;A-012',
  code: 'K7Q2M4',
  copy: false,
}

export const receipt: ReceiptDocument = {
  kind: 'receipt',
  language: 'id',
  timeZone: 'Asia/Makassar',
  mallName: 'Mal Pelayanan Publik Buleleng',
  agencyName: 'Polres Buleleng',
  serviceName: 'Surat keterangan kehilangan',
  counterName: '12A',
  label: A012,
  officerCode: 'PL07',
  issuedAt: ISSUED,
  calledAt: ISSUED + 12 * MINUTE,
  finishedAt: ISSUED + 21 * MINUTE,
  outcome: 'delivered',
  product: 'Surat keterangan',
  tariffRupiah: 50_000,
  paymentReference: null,
  complaintChannel: 'SP4N-LAPOR! lapor.go.id',
  next: { agency: 'Disdukcapil', service: 'Penggantian KTP-el', counterNames: ['3', '4'] },
  proof: { device: 'loket-12a', seq: 4711, shortHash: 'K7Q2M4XR9D' },
  surveyUrl: null,
  copy: false,
}
