/** A button that asks for a text file. The file stays on this PC: only its text is handed on. */
import { type ReactNode, useRef } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import type { IconName } from '#renderer/ui/icons.tsx'

/** What is chosen here has some kilobytes; a larger file is the wrong one. */
const LARGEST_BYTES = 400_000

type ChooseFileProps = {
  children: ReactNode
  label: string
  icon: IconName
  size?: 'small' | 'medium'
  look?: 'secondary' | 'quiet'
  busy?: boolean
  /** Null: the file is too large or cannot be read. */
  onText: (text: string | null) => void
}

export function ChooseFile(props: ChooseFileProps) {
  const { children, label, icon, size = 'medium', look = 'secondary', busy = false, onText } = props
  const input = useRef<HTMLInputElement>(null)
  const read = async (file: File | undefined) => {
    if (!file) return
    onText(file.size > LARGEST_BYTES ? null : await file.text().catch(() => null))
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={label}
        onChange={(event) => {
          void read(event.target.files?.[0])
          // The same file, mended meanwhile, may be chosen again.
          event.target.value = ''
        }}
      />
      <Button look={look} size={size} icon={icon} busy={busy} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}
