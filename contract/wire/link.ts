/** GET /v1/link, a WebSocket: requests to some of the routes, several under way at once, without HTTP around each of them. */
import { z } from 'zod'

/** `path` names the route; `n` comes back with the answer, and is another one for each request under way. */
export const LinkRequest = z.strictObject({ n: z.int().min(1), path: z.string(), body: z.unknown().optional() })

/** Status and body are what the route answers over HTTP. Answers come as they are ready, in any order. */
export const LinkAnswer = z.strictObject({ n: z.int().min(1), status: z.int().min(200).max(599), body: z.unknown() })
export type LinkReply = Pick<z.infer<typeof LinkAnswer>, 'status' | 'body'>
