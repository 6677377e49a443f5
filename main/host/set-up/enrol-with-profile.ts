/** Enrolment that brings the set-up of another PC along: the draft is checked first, and saved once the server has said yes. */

import type { z } from 'zod'
import type { METHODS } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'
import type { DeskProfile } from '#main/host/profile.ts'
import { draftProfile } from '#main/host/set-up/draft.ts'
import { enrol } from '#main/host/use-cases/enrol.ts'

type Input = z.output<(typeof METHODS)['setup.enrol']['input']>

export async function enrolWithProfile(
  context: HostContext,
  save: (profile: DeskProfile) => Promise<void>,
  input: Input,
) {
  const draft = input.profile && draftProfile(input.profile)
  if (draft && !draft.ok) return draft
  const answer = await enrol(context, input)
  if (!answer.ok || !draft) return answer
  try {
    await save(draft.value)
    return answer
  } catch (error) {
    context.log.error({ err: error }, 'enrolled, but the profile could not be saved')
    return { ok: false, code: 'PROFILE_NOT_SAVED' } as const
  }
}
