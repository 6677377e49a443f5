/** Where a printer of this set-up is to be looked for: the cable, the address, the queue. */
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'

/** Null for one that is only drawn on the screen. */
export function printerWhere({ transport }: PrinterProfile): string | null {
  switch (transport.kind) {
    case 'tcp':
      return `${transport.host}:${transport.port}`
    case 'serial':
    case 'file':
      return transport.path
    case 'spooler':
    case 'cups':
      return transport.queue
    case 'panel':
      return null
  }
}
