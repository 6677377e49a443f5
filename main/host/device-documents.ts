/** Plain data that use cases hand to devices: what to show, what to print. No bytes, no device knowledge. */

export type TicketLabel = {
  /** As printed: "A-012", "4K-07", "L03-12". */
  text: string
  prefix: string
  /** Running number with its leading zeros: "012". */
  digits: string
}

export type LedState =
  /** Counter closed. */
  | { kind: 'closed' }
  /** Open, nobody called. */
  | { kind: 'idle' }
  /** Open, but nobody is called: prayer, break, a meeting. */
  | { kind: 'paused' }
  /** `blink`: just called. The display ends it by itself after a while; a call again blinks again. */
  | { kind: 'number'; label: TicketLabel; counterName: string; blink: boolean }

/** Where the visitor goes next on a journey or transfer. */
export type NextStop = { agency: string; service: string; counterNames: string[] }

/** The ticket (struk antrean) handed out at the front desk. All times are epoch ms. */
export type SlipDocument = {
  kind: 'slip'
  language: 'id' | 'en'
  timeZone: string
  mallName: string
  agencyName: string
  serviceName: string
  label: TicketLabel
  counterNames: string[]
  peopleAhead: number | null
  standardMinutes: number
  requirements: string[]
  tariffRupiah: number
  /** What the service delivers, and where to complain: parts of the published service standard. */
  product: string
  complaintChannel: string
  priority: boolean
  issuedAt: number
  /** Minutes that visitors may have to wait; null when nobody can say. Absent in what an older program queued, and on later steps. */
  wait?: { from: number; to: number } | null
  /** Of a visitor who had booked. */
  appointmentAt?: number
  /** Text of the QR code (domain/slip.ts) and the code to type instead; null at a desk that has no key of the mall yet. */
  qr: string | null
  code: string | null
  copy: boolean
  /** A try of a printer: it says so, and nobody must take it for a number. */
  trial?: boolean
}

/** The receipt (tanda terima) after a service. All times are epoch ms. */
export type ReceiptDocument = {
  kind: 'receipt'
  language: 'id' | 'en'
  timeZone: string
  mallName: string
  agencyName: string
  serviceName: string
  counterName: string
  label: TicketLabel
  officerCode: string
  issuedAt: number
  calledAt: number
  finishedAt: number
  /** `forwarded`: sent on to another service; what this desk was asked for was not delivered. */
  outcome: 'delivered' | 'rejected' | 'incomplete' | 'forwarded'
  /** What was delivered; null when nothing was, and when `delivered` says it. */
  product: string | null
  /** Services by number, when the officer said which. Absent in a job that an older program queued. */
  delivered?: { name: string; quantity: number }[]
  tariffRupiah: number
  /** What the bank printed on the proof of payment; null when none was typed. */
  paymentReference: string | null
  complaintChannel: string
  next: NextStop | null
  /** Device, sequence number and ten base32 characters of the event's hash: enough to find the event in the log. */
  proof: { device: string; seq: number; shortHash: string }
  /** Where the visitor may say how it was (survei kepuasan masyarakat); null in a mall that does not ask. */
  surveyUrl: string | null
  copy: boolean
  trial?: boolean
}

/** What a service asks for (daftar persyaratan), for whoever has to fetch it first. */
export type RequirementsDocument = {
  kind: 'requirements'
  language: 'id' | 'en'
  timeZone: string
  mallName: string
  agencyName: string
  serviceName: string
  /** Of the service's numbers: names the job where others are named by their number. */
  prefix: string
  counterNames: string[]
  requirements: string[]
  standardMinutes: number
  tariffRupiah: number
  complaintChannel: string
  printedAt: number
  copy: boolean
  trial?: boolean
}

export type PrintDocument = SlipDocument | ReceiptDocument | RequirementsDocument
