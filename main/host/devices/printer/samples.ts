import type { DeviceConfig } from '#contract/mall-config.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'

export function sampleDocument(
  paper: 'slip' | 'receipt',
  _config: DeviceConfig | null,
  language: 'id' | 'en',
): PrintDocument {
  const common = {
    language,
    timeZone: 'Asia/Jakarta',
    mallName: 'MPP',
    agencyName: 'Disdukcapil',
    serviceName: 'KTP',
    label: { text: 'A-012', prefix: 'A', digits: '012' },
    tariffRupiah: 0,
    complaintChannel: 'SP4N-LAPOR!',
    copy: false,
    issuedAt: 0,
  }
  if (paper === 'slip')
    return {
      kind: 'slip',
      ...common,
      counterNames: ['1'],
      peopleAhead: 1,
      standardMinutes: 5,
      requirements: ['KK'],
      product: 'KTP',
      priority: false,
      qr: 'x',
      code: 'ABCDEF',
    }
  return {
    kind: 'receipt',
    ...common,
    counterName: '1',
    officerCode: 'AB',
    calledAt: 1,
    finishedAt: 2,
    outcome: 'delivered',
    product: 'KTP',
    next: null,
    proof: { device: 'x', seq: 1, shortHash: 'ABCDEFGHIJ' },
  }
}
