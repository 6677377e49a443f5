/** The ports and printers of this PC, with what the profile in force has on them. */
import type { MethodOutput } from '#contract/desk-api.ts'
import type { PrinterView, SerialPortView } from '#contract/methods/devices.ts'
import { type FoundPrinter, listPrinters } from '#main/host/devices/printer/list-printers.ts'
import { chooseDevice } from '#main/host/devices/serial/choose-device.ts'
import type { WantedPort } from '#main/host/devices/serial/device-identity.ts'
import { listSerialPorts, type SerialPortInfo } from '#main/host/devices/serial/serial-ports.ts'
import { sharedWork } from '#main/host/devices/shared-work.ts'
import type { DeskProfile } from '#main/host/profile.ts'

/** Screens ask again and again: a list that is slow, or never comes back, is asked for once. */
const listPrintersOnce = sharedWork(() => listPrinters())

/** `profile` null: nothing is said of who uses what. Never rejects: what could not be listed is a problem. */
export async function listDevices(profile: DeskProfile | null): Promise<MethodOutput<'devices.list'>> {
  const [serial, found] = await Promise.all([listSerialPorts(), listPrintersOnce()])
  const used = profile ? pathsInUse(profile, serial.ports) : new Map<string, SerialPortView['usedBy']>()
  return {
    ports: serial.ports.map((port) => ({ ...port, usedBy: used.get(port.path) ?? null })),
    printers: found.printers.map(printerView),
    problems: [
      ...(serial.problem ? [{ code: 'PORT_LIST_FAILED', detail: serial.problem.detail } as const] : []),
      ...found.problems.map(
        ({ code, detail }) => ({ code: 'PRINTER_LIST_FAILED', detail: `${code} ${detail}` }) as const,
      ),
    ],
  }
}

function printerView({ transport, name, driver, port, isDefault, alike, problem }: FoundPrinter): PrinterView {
  return { name, kind: transport.kind, driver, port, isDefault, alike, problem: problem?.detail ?? null }
}

/** By the adapter where the set-up knows it: its port may have another name today. */
function pathsInUse(
  { displays, printer }: DeskProfile,
  ports: readonly SerialPortInfo[],
): Map<string, SerialPortView['usedBy']> {
  const wanted: [WantedPort, SerialPortView['usedBy']][] = displays.flatMap(({ transport }) =>
    transport.kind === 'serial' ? [[transport, 'display']] : [],
  )
  if (printer?.transport.kind === 'serial') wanted.push([printer.transport, 'printer'])
  const used = new Map<string, SerialPortView['usedBy']>()
  for (const [port, by] of wanted) {
    const choice = chooseDevice(
      port,
      ports,
      wanted.map(([{ path }]) => path),
    )
    if (choice.kind === 'found') used.set(choice.path, by)
  }
  return used
}
