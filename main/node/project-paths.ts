/** Where the built parts of the project lie. */
import { join } from 'node:path'

export function projectPaths(root: string) {
  return {
    main: join(root, 'out/main/main.cjs'),
    renderer: join(root, 'out/renderer'),
    preload: join(root, 'out/preload/preload.cjs'),
    host: join(root, 'out/main/host.cjs'),
    devices: join(root, 'out/main/devices.mjs'),
  }
}
