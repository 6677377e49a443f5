/**
 * Says at the end of a test run what was left out and why, what passed only at the second try, and the line that CI reads:
 * "N passed, N failed".
 */
import type { Reporter, TestModule } from 'vitest/node'
import { PEERS, type PeerName } from '#tests/support/peers.ts'

export default class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0
    let failed = unhandled.length
    const leftOut: string[] = []
    const secondTry: string[] = []
    for (const module of modules) {
      // A file that did not even load has no tests to count, but it is a failure.
      if (module.state() === 'failed' && [...module.children.allTests()].every((test) => test.ok())) failed += 1
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result()
        if (test.diagnostic()?.flaky) {
          const [why = ''] = (errors?.[0]?.message ?? '').split('\n')
          secondTry.push(`${module.relativeModuleId}: ${test.fullName}\n    ${why}`)
        }
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else leftOut.push(`${module.relativeModuleId}: ${test.fullName}`)
      }
    }
    const missing = (Object.keys(PEERS) as PeerName[]).filter((name) => !PEERS[name].isHere())
    if (leftOut.length > 0) {
      console.log(`\nLeft out: ${leftOut.length} tests.`)
      for (const name of missing) console.log(`  ${name} is not here: ${PEERS[name].what}`)
      for (const test of leftOut) console.log(`  - ${test}`)
    } else {
      console.log('\nNothing was left out.')
    }
    if (secondTry.length > 0) console.log('\nPassed only at the second try:')
    for (const test of secondTry) console.log(`  - ${test}`)
    console.log(`${passed} passed, ${failed} failed`)
  }
}
