/** Text of the QR code on a slip: version, visit, entry, number and business date. No personal data. */
export type SlipQr = { visitId: string; entryNo: number; label: string; businessDate: string }

export function slipQrText({ visitId, entryNo, label, businessDate }: SlipQr): string {
  return ['LOKET1', visitId, entryNo, label, businessDate].join(';')
}
