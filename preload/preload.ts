/** Runs sandboxed in the window before the page: gives the page two functions and nothing else of the platform. */
import { contextBridge, ipcRenderer } from 'electron'
import { createDeskClient } from '#contract/desk-client.ts'
import type { FromHost } from '#contract/messages.ts'
import type { LoketBridge } from './api.ts'
import { FROM_SHELL, TO_SHELL } from './channels.ts'

const client = createDeskClient({
  post: (message) => ipcRenderer.send(TO_SHELL, message),
  onMessage: (handler) => ipcRenderer.on(FROM_SHELL, (_event, message: FromHost) => handler(message)),
})

// Wider than the desk API, because the shell's own methods travel the same way; the page puts the types back on.
contextBridge.exposeInMainWorld('loket', client as LoketBridge)
