/** A slip and a receipt as this mall would print them, for looking at its papers before anybody has come. */
import type { MallConfig } from '#contract/mall-config.ts'
import type { NextStop, ReceiptDocument, SlipDocument } from '#main/host/device-documents.ts'
import { counterNamesOf, inLanguage } from '#main/host/printing/names.ts'

type Place = Pick<MallConfig, 'mall' | 'agencies' | 'services' | 'counters'>
type Language = SlipDocument['language']

const MINUTE = 60_000

/** Of the mall's first service; of an invented one while there is no configuration. `now` in epoch ms. */
export function sampleSlip(config: Place | null, language: Language, now: number): SlipDocument {
  const { service, counterNames, ...common } = of(config, language)
  return {
    kind: 'slip',
    ...common,
    counterNames,
    peopleAhead: 4,
    standardMinutes: service.standardMinutes,
    requirements: service.requirements,
    product: service.product,
    priority: true,
    issuedAt: now,
    qr: `LOKET2;00000000-0000-4000-8000-000000000000;1;${common.label.text};contoh;2026-11-21;${now};-;contoh;AAAAAAAAAAAAAAAA`,
    code: 'CONTOH',
    copy: false,
  }
}

export function sampleReceipt(config: Place | null, language: Language, now: number): ReceiptDocument {
  const { service, counterNames, ...common } = of(config, language)
  return {
    kind: 'receipt',
    ...common,
    counterName: counterNames[0] ?? '3',
    officerCode: 'DKC01',
    issuedAt: now - 31 * MINUTE,
    calledAt: now - 14 * MINUTE,
    finishedAt: now,
    outcome: 'delivered',
    product: service.product,
    paymentReference: service.tariffRupiah > 0 ? '820261121000001' : null,
    next: config && nextStop(config, language),
    proof: { device: '3f2a91c4', seq: 4711, shortHash: 'K7Q2M4XR9D' },
    surveyUrl: config ? (config.mall.surveyUrl ?? null) : 'https://skm.example.go.id/mpp',
    copy: false,
  }
}

/** The mall's second service, when it has one. */
function nextStop(config: Place, language: Language): NextStop | null {
  const service = config.services[1]
  const agency = config.agencies.find(({ id }) => id === service?.agencyId)
  if (!service || !agency) return null
  const counterNames = counterNamesOf(config, service.id)
  return { agency: agency.name, service: inLanguage(service.name, language), counterNames }
}

function of(config: Place | null, language: Language) {
  const service = config?.services[0] ?? INVENTED
  const digits = '12'.padStart(service.padding, '0')
  return {
    language,
    timeZone: config?.mall.timeZone ?? 'Asia/Jakarta',
    mallName: config?.mall.name ?? 'Mal Pelayanan Publik',
    agencyName: config?.agencies.find(({ id }) => id === service.agencyId)?.name ?? 'Kepolisian Resor',
    serviceName: inLanguage(service.name, language),
    label: { text: `${service.prefix}-${digits}`, prefix: service.prefix, digits },
    counterNames: config ? counterNamesOf(config, service.id) : ['3', '4'],
    tariffRupiah: service.tariffRupiah,
    complaintChannel: config?.mall.complaintChannel ?? 'SP4N-LAPOR! lapor.go.id',
    service,
  }
}

const INVENTED: MallConfig['services'][number] = {
  id: 'skck',
  agencyId: 'polres',
  name: { id: 'Surat Keterangan Catatan Kepolisian (SKCK)', en: 'Police clearance certificate (SKCK)' },
  prefix: 'A',
  padding: 3,
  standardMinutes: 30,
  requirements: ['Fotokopi KTP-el', 'Fotokopi Kartu Keluarga', 'Pas foto 4 x 6 latar merah, 6 lembar'],
  tariffRupiah: 30_000,
  product: 'SKCK, berlaku 6 bulan',
}
