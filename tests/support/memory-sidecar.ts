import type { Sidecar, SidecarContent } from '#main/host/ports.ts'

/** A sidecar that lives as long as the test; `machine` can be changed to another one. */
export function memorySidecar(
  machine = 'this-pc',
): Sidecar & { content: SidecarContent | null; moveTo(machine: string): void } {
  let here = machine
  const sidecar = {
    content: null as SidecarContent | null,
    read: () => sidecar.content,
    write(content: SidecarContent) {
      sidecar.content = content
    },
    machine: () => here,
    moveTo(other: string) {
      here = other
    },
  }
  return sidecar
}
