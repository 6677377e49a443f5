/** Method -> use case. A new method of the desk API gets one line here. */
import type { HostContext } from '#main/host/context.ts'
import type { Handlers } from '#main/host/router.ts'
import { callAgain, complete, forward, noShow, startServing } from '#main/host/use-cases/act-on-entry.ts'
import { callNext } from '#main/host/use-cases/call-next.ts'
import { closeCounter, openCounter } from '#main/host/use-cases/counter-session.ts'
import { enrol } from '#main/host/use-cases/enrol.ts'
import { issueVisit } from '#main/host/use-cases/issue-visit.ts'
import { createSignIn, signOut } from '#main/host/use-cases/officer-session.ts'
import { settlePrint } from '#main/host/use-cases/settle-print.ts'

export function createHandlers(context: HostContext): Handlers {
  return {
    'setup.enrol': (input) => enrol(context, input),
    'session.signIn': createSignIn(context),
    'session.signOut': () => signOut(context),
    'counter.open': (input) => openCounter(context, input),
    'counter.close': (input) => closeCounter(context, input),
    'queue.callNext': (input) => callNext(context, input),
    'queue.callAgain': (input) => callAgain(context, input),
    'queue.startServing': (input) => startServing(context, input),
    'queue.complete': (input) => complete(context, input),
    'queue.forward': (input) => forward(context, input),
    'queue.noShow': (input) => noShow(context, input),
    'visit.issue': (input) => issueVisit(context, input),
    'print.settle': (input) => settlePrint(context, input),
  }
}
