/** Everything that the mall server answers. */
import { z } from 'zod'

export { AssertReply } from '#contract/wire/assertions.ts'
export { ConfigReply } from '#contract/wire/config.ts'
export { EnrolReply } from '#contract/wire/enrolment.ts'
export { WireError } from '#contract/wire/errors.ts'
export { AppointmentsReply, OutlookReply } from '#contract/wire/front-desk.ts'
export {
  ClaimReply,
  HeartbeatReply,
  ImproveReply,
  OpenCounterReply,
  RecallAnswerReply,
  TakersReply,
  WantedReply,
} from '#contract/wire/hands.ts'
export { HelloReply } from '#contract/wire/hello.ts'
export { LeaseReply, SlipKeysReply } from '#contract/wire/numbers.ts'
export { PushReply } from '#contract/wire/push.ts'
export { NotesReply, PersonalTextsReply, PrerequisitesReply, VisitNotesReply } from '#contract/wire/texts.ts'

/** Any mall server, whatever its version. */
export const HealthReply = z.object({ service: z.literal('loket-mall-server') })
