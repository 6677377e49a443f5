/**
 * What devices and mall server agree on besides the shapes of their messages. Apart from those, because a desk's start needs
 * this and does not wait for shapes.
 */
import type { SignedHead } from '#contract/wire/hello.ts'

/** Version of what devices and mall server say to each other over HTTP(S). Both sides check with the shapes of contract/wire. */
export const PROTOCOL = 1

/** Comment lines of the stream of changes, and heartbeats of a device. */
export const HEARTBEAT_MS = 5_000

/** Name of a message of that stream which is a page of others: base64 of their text after gzip. */
export const PACKED_EVENT = 'packed'

/** Of such a page when it is unpacked. */
export const PAGE_BYTES = 16 * 1024 * 1024

/** Where a device opens its link. */
export const LINK_PATH = '/v1/link'

/** Of one message on a link, either way. */
export const LINK_MESSAGE_BYTES = 64 * 1024

/** Events in one push. */
export const PUSH_LIMIT = 500

/** Notes in one request. */
export const NOTES_LIMIT = 20

/** What the server's Ed25519 signature of a head is over, as UTF-8. The signature is base64url without padding. */
export function signedHeadText(deviceId: string, { generation, seq, hash }: Omit<SignedHead, 'signature'>): string {
  return `LOKET-HEAD1|${deviceId}|${generation}|${seq}|${hash}`
}
