/** The transport of a printer set-up. */
import { openSerialLine } from '#main/host/devices/printer/line-serial.ts'
import { openTcpLine } from '#main/host/devices/printer/line-tcp.ts'
import { createLineTransport, LINE_TIMES } from '#main/host/devices/printer/line-transport.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import { createCupsTransport } from '#main/host/devices/printer/transport-cups.ts'
import { createDeviceFileTransport } from '#main/host/devices/printer/transport-file.ts'
import { createPanelTransport } from '#main/host/devices/printer/transport-panel.ts'
import { createShareTransport } from '#main/host/devices/printer/transport-share.ts'
import { createSpoolerTransport } from '#main/host/devices/printer/transport-spooler.ts'
import { WINDOWS_SPOOLER } from '#main/host/devices/printer/windows/winspool-koffi.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import { msPerByte } from '#main/host/devices/serial/serial-settings.ts'

/** `saved`: the paths saved for all serial devices of this counter. */
export function createTransport({ transport }: PrinterProfile, saved: readonly string[]): PrinterTransport {
  const { deadlineMs } = LINE_TIMES
  switch (transport.kind) {
    case 'tcp':
      return createLineTransport({
        open: (withinMs) => openTcpLine(transport, withinMs),
        asksStatus: transport.status === 'ask',
      })
    case 'serial': {
      const port = createPortFinder(transport, saved)
      const line = createLineTransport({
        open: (withinMs) => openSerialLine(port, transport, withinMs),
        asksStatus: transport.status === 'ask',
        msPerByte: msPerByte(transport.settings),
      })
      return { ...line, where: port.where }
    }
    case 'spooler':
      return createSpoolerTransport({ queue: transport.queue, spooler: WINDOWS_SPOOLER })
    case 'file':
      return transport.path.startsWith('\\\\')
        ? createShareTransport({ path: transport.path, deadlineMs })
        : createDeviceFileTransport({ path: transport.path, deadlineMs })
    case 'cups':
      return createCupsTransport({ queue: transport.queue, deadlineMs })
    case 'panel':
      return createPanelTransport()
  }
}
