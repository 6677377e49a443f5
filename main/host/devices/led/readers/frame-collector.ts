/** Finds the frames in a stream of a protocol that begins and ends each with a byte of its own. */

export type FrameBounds = {
  begin: number
  end: number
  /** What grows beyond this many bytes is no frame. */
  longest: number
}

/** Returned is what takes the bytes, split anywhere; `onFrame` gets what stands between begin and end, a character a byte. */
export function collectFrames({ begin, end, longest }: FrameBounds, onFrame: (frame: string) => void) {
  let frame: string | null = null
  return (bytes: Uint8Array): void => {
    for (const byte of bytes) {
      if (byte === begin) frame = ''
      else if (byte === end && frame !== null) {
        onFrame(frame)
        frame = null
      } else if (frame !== null) frame = frame.length < longest ? frame + String.fromCharCode(byte) : null
    }
  }
}
