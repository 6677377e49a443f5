/** Method -> use case. A new method of the desk API gets one line here. */
import type { HostContext } from '#main/host/context.ts'
import type { Handlers } from '#main/host/router.ts'
import type { SetUpHandlers } from '#main/host/set-up/lazy-set-up.ts'
import { callAgain, complete, hold, noShow, returnToQueue, startServing } from '#main/host/use-cases/act-on-entry.ts'
import { callNext } from '#main/host/use-cases/call-next.ts'
import { chooseServices, takers } from '#main/host/use-cases/choose-services.ts'
import {
  closeCounter,
  daySummary,
  openCounter,
  pauseCounter,
  resumeCounter,
} from '#main/host/use-cases/counter-session.ts'
import { forward, release, transfer, undo } from '#main/host/use-cases/give-away.ts'
import { issueHere } from '#main/host/use-cases/issue-here.ts'
import { issueVisit } from '#main/host/use-cases/issue-visit.ts'
import { lock, touch } from '#main/host/use-cases/lock.ts'
import { createSignIn, signOut } from '#main/host/use-cases/officer-session.ts'
import { putOffPause } from '#main/host/use-cases/planned-pause.ts'
import { present } from '#main/host/use-cases/present.ts'
import { callBack, cancel, resume } from '#main/host/use-cases/set-aside.ts'
import { settlePrint } from '#main/host/use-cases/settle-print.ts'
import { beginVoice, endVoice, voiceClips } from '#main/host/use-cases/voice.ts'

/** All but what a technician sets up: that belongs to the devices (main/host/set-up). */
export type DeskHandlers = Omit<Handlers, keyof SetUpHandlers>

export function createHandlers(context: HostContext): DeskHandlers {
  return {
    'session.signIn': createSignIn(context),
    'session.signOut': () => signOut(context),
    'session.lock': () => lock(context),
    'session.touch': () => touch(context),
    'counter.open': (input) => openCounter(context, input),
    'counter.close': (input) => closeCounter(context, input),
    'counter.pause': (input) => pauseCounter(context, input),
    'counter.resume': (input) => resumeCounter(context, input),
    'counter.putOffPause': (input) => putOffPause(context, input),
    'counter.chooseServices': (input) => chooseServices(context, input),
    'counter.takers': () => takers(context),
    'counter.daySummary': () => daySummary(context),
    'queue.callNext': (input) => callNext(context, input),
    'queue.callAgain': (input) => callAgain(context, input),
    'queue.startServing': (input) => startServing(context, input),
    'queue.complete': (input) => complete(context, input),
    'queue.forward': (input) => forward(context, input),
    'queue.noShow': (input) => noShow(context, input),
    'queue.returnToQueue': (input) => returnToQueue(context, input),
    'queue.hold': (input) => hold(context, input),
    'queue.resume': (input) => resume(context, input),
    'queue.callBack': (input) => callBack(context, input),
    'queue.cancel': (input) => cancel(context, input),
    'queue.transfer': (input) => transfer(context, input),
    'queue.release': (input) => release(context, input),
    'queue.undo': (input) => undo(context, input),
    'queue.present': (input) => present(context, input),
    'visit.issueHere': (input) => issueHere(context, input),
    'visit.issue': (input) => issueVisit(context, input),
    'print.settle': (input) => settlePrint(context, input),
    'voice.clips': (input) => voiceClips(context, input),
    'voice.begin': (input) => beginVoice(context, input),
    'voice.ended': (input) => endVoice(context, input),
  }
}
