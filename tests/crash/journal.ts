/** The driver's end of the journal: nothing that was told is acted upon before the journal has confirmed it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JournalRecord } from '#tests/crash/records.ts'

export type Journal = {
  /** Resolves when the record is on the disk. */
  write(record: JournalRecord): Promise<void>
  /** Everything on the disk, read back. */
  read(): JournalRecord[]
  close(): Promise<void>
}

export async function openJournal(file: string): Promise<Journal> {
  const child = fork(join(import.meta.dirname, 'journal-process.ts'), [file], { execArgv: [], stdio: 'inherit' })
  const ended = once(child, 'exit')
  await once(child, 'message')
  const waiting: { id: number; resolve: () => void }[] = []
  let lastId = 0
  child.on('message', (confirmed: number) => {
    while (waiting[0] && waiting[0].id <= confirmed) waiting.shift()?.resolve()
  })
  return {
    write(record) {
      lastId += 1
      const id = lastId
      child.send({ id, line: JSON.stringify(record) })
      return new Promise((resolve) => waiting.push({ id, resolve }))
    },
    read() {
      const lines = readFileSync(file, 'utf8').split('\n')
      return lines.filter((line) => line !== '').map((line) => JournalRecord.parse(JSON.parse(line)))
    },
    async close() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
