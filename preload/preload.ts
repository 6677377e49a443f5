/** Runs sandboxed in the window before the page: gives the page two functions and nothing else of the platform. */
import { contextBridge, ipcRenderer } from 'electron'
import type { FromHost, ToHost } from '#contract/messages.ts'
import type { LoketBridge } from './api.ts'
import { FROM_SHELL, TO_SHELL } from './channels.ts'

const pending = new Map<number, (result: unknown) => void>()
const subscriptions = new Map<number, (value: unknown) => void>()
let lastId = 0

const send = (message: ToHost) => ipcRenderer.send(TO_SHELL, message)

ipcRenderer.on(FROM_SHELL, (_event, message: FromHost) => {
  if (message.t === 'push') {
    subscriptions.get(message.id)?.(message.value)
    return
  }
  pending.get(message.id)?.(message.result)
  pending.delete(message.id)
})

const bridge: LoketBridge = {
  invoke(method, input) {
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      pending.set(id, resolve)
      send({ t: 'invoke', id, method, input })
    })
  },
  subscribe(topic, onValue) {
    lastId += 1
    const id = lastId
    subscriptions.set(id, onValue)
    send({ t: 'subscribe', id, topic })
    return () => {
      if (subscriptions.delete(id)) send({ t: 'unsubscribe', id })
    }
  },
}

contextBridge.exposeInMainWorld('loket', bridge)
