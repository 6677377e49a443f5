/** Deliberate bugs in the product's sources: each a plausible slip of the hand that some invariant has to notice. */
export type Mutation = { name: string; changes: readonly { file: string; from: string; to: string }[] }

const one = (name: string, file: string, from: string, to: string): Mutation => ({
  name,
  changes: [{ file, from, to }],
})

export const MUTATIONS: readonly Mutation[] = [
  one(
    'timer reclaim: an unanswered recall takes the entry away',
    'server/queue/improve-hand.ts',
    'touched.entries.patch(entry, { recall_for: null })',
    'touched.entries.patch(entry, { recall_for: null, device_id: null, counter_id: null, grant_incarnation: null, grant_n: null })',
  ),
  one(
    'what is open at a desk is recalled as if it had never come',
    'domain/hand.ts',
    "if (row.state === 'used') return",
    "if (row.state === 'used' && entry && isEnded(entry.status)) return",
  ),
  one(
    'gone is taken for given back: what a desk has finished is dealt again',
    'server/custody/recall.ts',
    "if (answer === 'in_service' || answer === 'gone') {",
    "if (answer === 'in_service') {",
  ),
  one(
    'a silent holder loses: a slip is granted although nobody has answered',
    'server/custody/claim-slip.ts',
    'if (isLast) return holderSilent(entry)',
    'if (isLast) return grantIt()',
  ),
  one(
    'acknowledge before commit: a push is confirmed and stored a little later',
    'server/push/push-events.ts',
    `const { seq, hash, findings } = await changeMall(context, (trx, touched) =>
      takePush(trx, touched, context, device, push),
    )`,
    `const { seq, hash } = push.events.at(-1)?.link ?? { seq: 0, hash: '' }
    const findings: never[] = []
    setTimeout(() => changeMall(context, (trx, touched) => takePush(trx, touched, context, device, push)).catch(() => {}), 400)`,
  ),
  one(
    'ON CONFLICT DO NOTHING: a claim keeps its first state',
    'server/custody/save-rows.ts',
    "conflict.columns(CLAIM_KEY).doUpdateSet(newValues(rows, [...CLAIM_KEY, 'mall_id']))",
    'conflict.doNothing()',
  ),
  one(
    'undo after push: a forward is sent while it can still be taken back',
    'main/host/sync/steps/next-push.ts',
    'const last = withhold.msLeft(head) > 0 ? head.seq - 1 : head.seq',
    'const last = head.seq',
  ),
  one(
    'recall touches n+1: an answer frees the next entry of the visit',
    'server/custody/recall.ts',
    'if (asker !== null) touched.wake(asker)',
    "if (asker !== null) touched.wake(asker)\n    await freeEntry(trx, touched, context, visitId, entryNo + 1, 'given_back')",
  ),
  one(
    'released is answered before it is committed',
    'main/host/sync/steps/take-recall.ts',
    "if (act === 'release' && row) recordFacts",
    'if (act === null && row) recordFacts',
  ),
  one(
    'a repeated grant revives what was given back',
    'domain/hand.ts',
    'compareGrants(grant, row.grant) > 0',
    'compareGrants(grant, row.grant) >= 0',
  ),
  one(
    'the dealer deals what somebody holds already',
    'server/queue/hands.ts',
    ".where('status', '=', WAITING)\n    .where('device_id', 'is', null)",
    ".where('status', '=', WAITING)",
  ),
  one(
    'no barrier: a restored server deals old entries at once',
    'server/queue/hands.ts',
    "eb('born_incarnation', '=', param('incarnation')),",
    "eb('born_incarnation', '<=', param('incarnation')),",
  ),
  one(
    'a command is not remembered: a repeated one acts twice',
    'main/host/run-command.ts',
    'if (first) return first',
    "if (first && commandId === '') return first",
  ),
  one('a store in doubt plays its hand', 'domain/desk-hand.ts', "if (inDoubt) return 'STORE_IN_DOUBT'", ''),
  one(
    'a block of numbers overlaps the next one',
    'server/queue/number-leases.ts',
    'prefix, next: to + 1 })',
    'prefix, next: to - 15 })',
  ),
  one('numbers go on where the backup ended', 'server/queue/number-leases.ts', '10 ** padding + 1', '0 + 1'),
  one(
    'a call out of turn takes what another counter holds',
    'server/queue/take-wanted.ts',
    'if (entry.row.device_id === null) return grantFree(',
    'if (entry.row.device_id !== device.id) return grantFree(',
  ),
  {
    name: 'midnight comes a day early',
    changes: [
      { file: 'domain/counter-facts.ts', from: 'entry.businessDate < today', to: 'entry.businessDate <= today' },
      {
        file: 'db/repositories/hand.ts',
        from: ".where('business_date', '<', sql",
        to: ".where('business_date', '<=', sql",
      },
    ],
  },
  one(
    'midnight comes by the clock of the PC',
    'main/host/desk-state.ts',
    'return businessDate(mallNow(context), context.config()',
    'return businessDate(context.clock.now(), context.config()',
  ),
  one('the weaker claim wins', 'domain/claim.ts', 'return a.strength > b.strength', 'return a.strength < b.strength'),
  one(
    'a desk in service gives way to any claim',
    'main/host/sync/steps/take-superseded.ts',
    '&& outranks(claim, ownClaim(context, entry))',
    '&& claim',
  ),
  one(
    'the hand of a closed counter is kept for ever',
    'main/host/sync/steps/give-back.ts',
    'if (repositories.desk.get().open) return\n  giveBack(context)',
    'if (repositories.desk.get().open) return',
  ),
  one(
    'a number that was taken back is dealt again',
    'server/custody/settle-entry.ts',
    "const ended = held?.status === 'expired' ? held : takenBack(state)",
    "const ended = held?.status === 'expired' ? held : null",
  ),
  one(
    'a number that was taken back is called by whoever has it in hand',
    'server/push/cancel-visit.ts',
    'if (holderOf(state) && state.row.recall_answer === null) askBack(',
    'if (holderOf(state) === null) askBack(',
  ),
  one(
    'whoever takes fewer services keeps what is in the hand',
    'domain/counter-facts.ts',
    '...left.map(releaseOf),',
    '',
  ),
  one(
    'a counter is dealt services that it does not take now',
    'server/queue/deal-waiting.ts',
    'serviceIds: chosen === null ? configured : new Set(servicesTaken([...configured], chosen)),',
    'serviceIds: configured,',
  ),
  one(
    'what was sent to one counter is dealt to any that serves it',
    'domain/deal.ts',
    'if (forCounterId !== null) return counters.filter((counter) => counter.counterId === forCounterId)',
    '',
  ),
  one(
    'whoever comes back is dealt to any counter of the service',
    'server/push/fold-claim.ts',
    'return { ...NOTHING_GIVEN, to_counter_id: returnsTo.counterId,',
    'return { ...NOTHING_GIVEN, to_counter_id: null,',
  ),
  one(
    'a way back is forgotten where it should be kept',
    'domain/way-back.ts',
    'return isBack ? undefined : returnsTo',
    'return isBack ? returnsTo : undefined',
  ),
  one(
    'a grant does not say the way back',
    'server/custody/place-in-line.ts',
    'rank: rankOf(row), returnsTo: returnsToOf(row) }',
    'rank: rankOf(row), returnsTo: row.rank_by === null ? undefined : returnsToOf(row) }',
  ),
  {
    name: 'what an officer does waits for no disk',
    changes: [
      { file: 'main/host/run-command.ts', from: 'store.transaction(() => {', to: 'store.takeTold(() => {' },
      { file: 'db/repositories/events.ts', from: '      mustLast()\n', to: '' },
    ],
  },
  one(
    'a call out of turn counts for the ratio',
    'main/host/record.ts',
    '...(isInTurn(event.data) ? {',
    '...(event.data ? {',
  ),
  one(
    'a counter on a break is dealt what others could serve',
    'domain/deal.ts',
    'const hands = counters.filter((counter) => !counter.paused).map(',
    'const hands = counters.map(',
  ),
  one(
    'leased numbers that nobody has heard of yet count for nothing in the quota',
    'server/queue/daily-quota.ts',
    'given.length + Math.max(0, leased - ofSeries)',
    'given.length',
  ),
]
