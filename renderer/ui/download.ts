/** Hands a text to the person at this PC as a file; the shell asks where to put it. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has taken the blob over once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
