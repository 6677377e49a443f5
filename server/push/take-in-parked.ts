/** Facts of a type that an earlier version of this server did not know: taken in at the start of one that does. */
import type { Device } from '#server/auth.ts'
import { allMalls } from '#server/config/malls.ts'
import type { MallContext, ServerContext } from '#server/context.ts'
import { roleOf } from '#server/enrolment.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { applyEvent } from '#server/push/apply-event.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { isKnownType } from '#server/push/fact-types.ts'
import { reclaimedEpochs } from '#server/push/open-scope.ts'
import { wantedBy } from '#server/push/take-in.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWhatMoved } from '#server/queue/deal-waiting.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function takeInParked(server: ServerContext): Promise<void> {
  const { malls: _malls, ...shared } = server
  const incarnation = await currentIncarnation(server.db)
  for (const { mallId, mall } of await allMalls(server.db)) {
    const context: MallContext = { ...shared, mallId, mall, incarnation }
    await changeMall(context, async (trx, touched) => {
      const parked = await parkedEvents(trx, context)
      for (const event of parked) await takeInOne(trx, touched, context, event)
      await dealWhatMoved(trx, context, touched)
    })
  }
}

type Parked = Awaited<ReturnType<typeof parkedEvents>>[number]

/** In the order of their chains, and only those that this server knows by now. */
async function parkedEvents(trx: Trx, { mallId }: MallContext) {
  const rows = await trx
    .selectFrom('finding')
    .innerJoin('event', (join) =>
      join
        .onRef('event.device_id', '=', 'finding.device_id')
        .onRef('event.generation', '=', 'finding.generation')
        .onRef('event.seq', '=', 'finding.seq'),
    )
    .innerJoin('device', 'device.id', 'event.device_id')
    .select(['event.seq', 'event.generation', 'event.type', 'event.body'])
    .select(['device.id', 'device.role_kind', 'device.place_id', 'device.slot', 'device.adopted_seq'])
    .select(['device.incarnation', 'device.generation as own_generation', 'device.doubt_at'])
    .where('finding.mall_id', '=', mallId)
    .where('finding.code', '=', 'UNKNOWN_TYPE')
    .orderBy('event.received_at')
    .orderBy('event.device_id')
    .orderBy('event.generation')
    .orderBy('event.seq')
    .execute()
  return rows.filter(({ type }) => type !== null && isKnownType(type))
}

async function takeInOne(trx: Trx, touched: Touched, context: MallContext, parked: Parked): Promise<void> {
  const { role_kind, place_id, generation, seq } = parked
  if (role_kind === 'server') return
  const device: Device = {
    id: parked.id,
    role: roleOf({ role_kind, place_id }),
    slot: parked.slot,
    generation: parked.own_generation,
    incarnation: parked.incarnation,
    isInDoubt: parked.doubt_at !== null,
  }
  const body = decodeBody(parked.body)
  if (body.kind === 'event') await touched.entries.load(trx, wantedBy(body.event))
  const scope = {
    ...{ trx, touched, context, device, generation },
    adoptedSeq: parked.adopted_seq,
    reclaimedEpochs: await reclaimedEpochs(trx, context, device),
    notBefore: 0,
    openedCounterId: null,
    choseServices: false,
  }
  const codes = body.kind === 'event' ? await applyEvent(scope, body.event) : (['UNDECODABLE'] as const)
  const place = { device_id: device.id, generation, seq }
  await trx
    .deleteFrom('finding')
    .where('device_id', '=', device.id)
    .where('generation', '=', generation)
    .where('seq', '=', seq)
    .where('code', '=', 'UNKNOWN_TYPE')
    .execute()
  for (const code of new Set(codes)) {
    await trx
      .insertInto('finding')
      .values({ ...place, code, mall_id: context.mallId, found_at: context.now() })
      .execute()
  }
}
