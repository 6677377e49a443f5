/** Writes the list of LED drivers; with --check it only says whether the list is right. Every build writes it too. */
import { isLedDriverIndexFresh, writeLedDriverIndex } from '#scripts/led-driver-index.ts'

if (process.argv.includes('--check')) {
  const isFresh = isLedDriverIndexFresh()
  console.log(`LED drivers: ${isFresh ? 'listed' : 'the list is out of date, run node scripts/write-led-drivers.ts'}`)
  process.exitCode = isFresh ? 0 : 1
} else writeLedDriverIndex()
