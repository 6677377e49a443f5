/**
 * Enrolment that brings the set-up of another PC along. The profile is written before the server is asked: once it has said yes the
 * set-up screen is gone, and nobody would read that the counter came up without its devices.
 */

import type { z } from 'zod'
import type { METHODS } from '#contract/desk-api.ts'
import { writeProfile } from '#main/host/profile.ts'
import type { SetUpOptions } from '#main/host/set-up/create-set-up.ts'
import { draftProfile } from '#main/host/set-up/draft.ts'
import { enrol, refusalToEnrol } from '#main/host/use-cases/enrol.ts'

type Options = Pick<SetUpOptions, 'dataDir' | 'context' | 'profile' | 'putInForce'>
type Input = z.output<(typeof METHODS)['setup.enrol']['input']>

export async function enrolWithProfile(options: Options, input: Input) {
  const { dataDir, context, putInForce } = options
  if (!input.profile) return enrol(context, input)
  const draft = draftProfile(input.profile)
  if (!draft.ok) return draft
  const refusal = refusalToEnrol(context, input)
  if (refusal) return { ok: false, code: refusal } as const
  try {
    writeProfile(dataDir, draft.value)
  } catch (error) {
    context.log.error({ err: error }, 'the profile of another PC could not be saved')
    return { ok: false, code: 'PROFILE_NOT_SAVED' } as const
  }
  let isEnrolled = false
  try {
    const answer = await enrol(context, input)
    isEnrolled = answer.ok
    return answer
  } finally {
    if (isEnrolled) putInForce(draft.value)
    else writeBack(options)
  }
}

/** Whatever was saved last is in force. It stays so when it cannot be written, and the next try writes again. */
function writeBack({ dataDir, context, profile }: Options): void {
  try {
    writeProfile(dataDir, profile())
  } catch (error) {
    context.log.error({ err: error }, 'not enrolled, and the profile of another PC could not be taken back')
  }
}
