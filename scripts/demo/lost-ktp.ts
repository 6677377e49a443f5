/** The lost-KTP visit of Kapuas, step by step over real hosts, a real server, real serial and printer bytes. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DemoDesk } from '#scripts/demo/desk-process.ts'

export type Desks = { front: DemoDesk; police: DemoDesk; dukcapil: DemoDesk }
export type LedSeen = { counter: string; driver: string; hex: string; shown: string }
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

const LETTER = 'LP/B/77/XI/2026'
const commandId = () => randomUUID()

/** Plays the whole visit. Throws on the first thing that is not as it must be. Returns what the displays showed. */
export async function playLostKtp({ front, police, dukcapil }: Desks, step: Step): Promise<LedSeen[]> {
  const led: LedSeen[] = []
  await step('Kedua loket dibuka', async () => {
    await police.invoke('counter.open', { commandId: commandId() })
    await dukcapil.invoke('counter.open', { commandId: commandId() })
  })
  const visit = await step('Penerima tamu memberi nomor dan mencetak struk', async () => {
    const issued = await front.invoke('visit.issue', {
      commandId: commandId(),
      serviceId: 'surat-kehilangan',
      priority: null,
      journeyId: 'ktp-hilang',
    })
    await paperOut(front, 1)
    return issued
  })

  const first = await callAt(police, visit, 1, led, step, 'Kepolisian')
  await step('Kepolisian melayani', () => police.invoke('queue.startServing', { commandId: commandId(), ...first }))
  await step('Kepolisian meneruskan ke Disdukcapil dan mencetak tanda terima', async () => {
    const handsOver = LETTER
    await police.invoke('queue.forward', { commandId: commandId(), ...first, toServiceId: 'ktp-el-hilang', handsOver })
    await paperOut(police, 1)
  })

  const second = await callAt(dukcapil, visit, 2, led, step, 'Disdukcapil')
  await step('Disdukcapil melihat nomor surat kehilangan dan melayani', async () => {
    await dukcapil.invoke('queue.startServing', { commandId: commandId(), ...second })
    const seen = await dukcapil.until('prerequisite', ({ current }) => (current?.prerequisites.length ?? 0) > 0)
    expectEqual('prerequisite', seen.current?.prerequisites[0]?.value, LETTER)
  })
  await step('Disdukcapil menyelesaikan dan mencetak tanda terima', async () => {
    await dukcapil.invoke('queue.complete', {
      commandId: commandId(),
      ...second,
      outcome: 'delivered',
      paymentReference: null,
    })
    await paperOut(dukcapil, 1)
  })
  await step('Server mengakui semua kejadian', async () => {
    for (const desk of [front, police, dukcapil]) await desk.until('acknowledged', allSent)
  })
  return led
}

async function callAt(
  desk: DemoDesk,
  visit: { visitId: string; label: string },
  entryNo: number,
  led: LedSeen[],
  step: Step,
  who: string,
) {
  return step(`${who} memanggil ${visit.label}, papan angka menampilkannya`, async () => {
    await desk.until('granted', ({ waiting }) => waiting.some((row) => row.mine && row.visitId === visit.visitId))
    const called = await desk.invoke('queue.callNext', { commandId: commandId() })
    expectEqual('called label', called.label, visit.label)
    expectEqual('called entry', called.entryNo, entryNo)
    led.push({ counter: desk.id, driver: desk.driver ?? '', ...(await shows(desk, visit.label)) })
    return { visitId: visit.visitId, entryNo }
  })
}

/** Waits until the far end of the display's line shows the label. */
async function shows(desk: DemoDesk, label: string): Promise<{ shown: string; hex: string }> {
  const wanted = [label, label.replace('-', '')]
  for (let tries = 0; tries < 400; tries += 1) {
    const seen = desk.display()
    if (wanted.some((text) => seen.shown.includes(text))) return seen
    await delay(10)
  }
  throw new Error(`the display of ${desk.id} shows "${desk.display().shown}" and not ${label}`)
}

async function paperOut(desk: DemoDesk, jobs: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (desk.paper.jobs().length >= jobs) return
    await delay(10)
  }
  throw new Error(`no paper left ${desk.id}`)
}

function allSent({ connection }: DeskSnapshot): boolean {
  return connection.state === 'online' && connection.unsent === 0
}

export function expectEqual(what: string, seen: unknown, wanted: unknown): void {
  if (seen !== wanted) throw new Error(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`)
}
