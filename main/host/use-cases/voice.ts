/** What a screen does for the loudspeaker. Nothing here touches the store. */
import type { MethodInput, MethodOutput, Result } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'

type Voice = Pick<HostContext, 'voice'>

export function voiceClips(
  { voice }: Voice,
  { names, undecodable }: MethodInput<'voice.clips'>,
): Result<MethodOutput<'voice.clips'>, 'VOICE_OFF'> {
  const clips = voice.clips(names, undecodable)
  return clips ? { ok: true, data: { clips } } : { ok: false, code: 'VOICE_OFF' }
}

export function beginVoice(
  { voice }: Voice,
  { id, durationMs }: MethodInput<'voice.begin'>,
): Result<MethodOutput<'voice.begin'>, 'VOICE_OVER'> {
  return voice.begin(id, durationMs) ? { ok: true, data: {} } : { ok: false, code: 'VOICE_OVER' }
}

export function endVoice(
  { voice }: Voice,
  { id, wasHeard }: MethodInput<'voice.ended'>,
): Result<Record<never, never>, never> {
  voice.ended(id, wasHeard)
  return { ok: true, data: {} }
}
