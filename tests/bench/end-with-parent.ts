/** For programs that a suite starts: they end when they are told to, and when the suite is gone. */
export function endWithParent(): void {
  process.on('SIGTERM', () => process.exit(0))
  process.on('disconnect', () => process.exit(0))
}
