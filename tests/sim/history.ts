/** What happened in a run, line by line, readable by a person. */
export class History {
  readonly lines: string[] = []
  step = 0

  add(who: string, what: string): void {
    this.lines.push(`#${String(this.step).padStart(3)} ${who.padEnd(10)} ${what}`)
  }

  /** The whole run, or its last lines. */
  text(last = this.lines.length): string {
    return this.lines.slice(-last).join('\n')
  }
}
