/** What a workstation remembers of its server between two connections: nonce, incarnation and the newest signed head. */

import { PROTOCOL } from '#contract/wire/agreed.ts'
import type { AssertRequest } from '#contract/wire/assertions.ts'
import { HelloReply, type HelloRequest, type SignedHead } from '#contract/wire/hello.ts'
import type { PushReply } from '#contract/wire/push.ts'
import type { Answer } from '#tests/server/support/http.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'

export class TestConnection {
  readonly device: TestDevice
  nonce: string | null = null
  incarnation = 0
  signedHead: SignedHead | null = null

  /** With `from` a copy of what that one knew then. */
  constructor(device: TestDevice, from?: TestConnection) {
    this.device = device
    if (!from) return
    this.nonce = from.nonce
    this.incarnation = from.incarnation
    this.signedHead = from.signedHead
  }

  /** Says hello; the answer is lost unless it is taken by `greet`. */
  hello(over: Partial<HelloRequest> = {}): Promise<Answer> {
    const { nonce, incarnation, signedHead, device } = this
    const said: HelloRequest = {
      protocol: PROTOCOL,
      generation: device.enrolment.generation,
      nonce,
      incarnation,
      headSeq: device.chain.length,
      askedAt: null,
      signedHead,
      ...over,
    }
    return this.device.call('/v1/hello', said)
  }

  async greet(over: Partial<HelloRequest> = {}): Promise<HelloReply> {
    const { body } = await this.hello(over)
    const reply = HelloReply.parse(body)
    this.nonce = reply.nonce
    this.incarnation = reply.incarnation
    return reply
  }

  heartbeat(): Promise<Answer> {
    return this.device.call('/v1/heartbeats', { incarnation: this.incarnation, epoch: this.device.epoch })
  }

  async push(): Promise<PushReply> {
    const reply = await this.device.push()
    const { ackedSeq: seq, headHash: hash, signature } = reply
    this.signedHead = { generation: this.device.enrolment.generation, seq, hash, signature }
    return reply
  }

  assert(entries: AssertRequest['entries'], over: Partial<AssertRequest> = {}): Promise<Answer> {
    const { epoch } = this.device
    return this.device.call('/v1/assertions', {
      incarnation: this.incarnation,
      headSeq: this.device.chain.length,
      session: epoch === null ? null : { epoch, open: true },
      entries,
      ...over,
    })
  }
}
