/**
 * Messages between a shell and the host process it started, over whatever pipe the platform gives (parentPort of an
 * Electron utility process, IPC of a Node child). One host serves several screens; `client` tells them apart.
 */
import type { FromHost, ToHost } from '#contract/messages.ts'

export type ToHostProcess =
  | { kind: 'message'; client: number; message: ToHost }
  | { kind: 'clientGone'; client: number }
  | { kind: 'stop' }

export type FromHostProcess =
  | { kind: 'ready' }
  | { kind: 'message'; client: number; message: FromHost }
  /** The host cannot start; it exits right after. The code is one of HostFailureCode. */
  | { kind: 'fatal'; code: HostFailureCode; detail: string }

export type HostFailureCode =
  /** The store's file is damaged. */
  | 'STORE_BROKEN'
  /** The file is not a Loket store. */
  | 'STORE_FOREIGN'
  /** Written by a newer Loket. */
  | 'STORE_NEWER'
  | 'STORE_READ_ONLY'
  | 'STORE_FULL'
  /** Another host has this store open. */
  | 'STORE_IN_USE'
  | 'PROFILE_INVALID'
  /** A native module does not load in this runtime. */
  | 'ENGINE_LOAD_FAILED'
  /** The process ended without a word. */
  | 'ENGINE_CRASHED'
  | 'ENGINE_TIMEOUT'

/** How a host is started; travels as JSON in the environment variable LOKET_HOST_OPTIONS. */
export type HostOptions = {
  /** Folder of the store and the profile. Created when missing. */
  dataDir: string
  /** Changes with every start of the shell: an officer stays signed in over a host crash, not over a restart of the app. */
  launchId: string
  /**
   * Where compiled code is kept between starts; absent keeps none. It is executed, so nobody but the user who runs the host
   * may write there: never a folder that several Windows users share.
   */
  codeCacheDir?: string
  logPath: string
  logLevel: 'debug' | 'info' | 'warn'
}

export const HOST_OPTIONS_ENV = 'LOKET_HOST_OPTIONS'
