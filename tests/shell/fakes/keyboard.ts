/** A keyboard at an X server, and a program that has keys of it for itself: what no page and no Electron can pretend. */
import koffi from 'koffi'
import { onTestFinished } from 'vitest'

type Keyboard = {
  /** Down and up again, wherever the focus is. */
  press(key: string): void
  /** From now on this key, with whatever is held beside it, is another program's. */
  take(key: string): void
}

const ANY_MODIFIER = 1 << 15
const ASYNC = 1

export function openKeyboard(display: string): Keyboard {
  const x11 = koffi.load('libX11.so.6')
  const xtest = koffi.load('libXtst.so.6')
  const openDisplay = x11.func('void *XOpenDisplay(const char *name)')
  const closeDisplay = x11.func('int XCloseDisplay(void *display)')
  const keysym = x11.func('unsigned long XStringToKeysym(const char *name)')
  const keycode = x11.func('unsigned char XKeysymToKeycode(void *display, unsigned long keysym)')
  const root = x11.func('unsigned long XDefaultRootWindow(void *display)')
  const sync = x11.func('int XSync(void *display, int discard)')
  const grabKey = x11.func(
    'int XGrabKey(void *display, int code, unsigned int modifiers, unsigned long window, int owner, int pointer, int keyboard)',
  )
  const fakeKey = xtest.func('int XTestFakeKeyEvent(void *display, unsigned int code, int down, unsigned long delay)')

  const connection: unknown = openDisplay(display)
  if (!connection) throw new Error(`no X server at ${display}`)
  onTestFinished(() => void closeDisplay(connection))
  const codeOf = (key: string) => keycode(connection, keysym(key)) as number

  return {
    press(key) {
      fakeKey(connection, codeOf(key), 1, 0)
      fakeKey(connection, codeOf(key), 0, 0)
      sync(connection, 0)
    },
    take(key) {
      grabKey(connection, codeOf(key), ANY_MODIFIER, root(connection), 0, ASYNC, ASYNC)
      sync(connection, 0)
    },
  }
}
