/** Moves every row of 0001 into the tables of 0002: all of it belongs to the one mall that the database was made for. */
import { type Kysely, sql } from 'kysely'

export async function copyAll(db: Kysely<unknown>, mallId: string): Promise<void> {
  // A parameter in a list of selected values has no type of its own everywhere.
  const mall = sql`cast(${mallId} as text)`
  const statements = [
    sql`insert into mall (id, server_device_id) values (${mallId}, null)`,
    sql`insert into incarnation (n, began_at) select incarnation, created_at from server_state`,
    sql`insert into sequence_2 (mall_id, name, value) select ${mall}, name, value from sequence`,
    sql`insert into config_version_2 (mall_id, version, seal, body, imported_at)
      select mall_id, version, seal, body, imported_at from config_version`,
    // Who was enrolled before knows the one incarnation that there has been.
    sql`insert into device_2 (id, mall_id, token_hash, role_kind, place_id, name, slot, generation, enrolled_at,
        revoked_at, incarnation)
      select id, ${mall}, token_hash, role_kind, place_id, name, slot, generation, enrolled_at, revoked_at,
        (select incarnation from server_state) from device`,
    sql`insert into enrolment_code_2 (code_hash, mall_id, role_kind, place_id, created_at, expires_at, used_at, device_id)
      select code_hash, ${mall}, role_kind, place_id, created_at, expires_at, used_at, device_id from enrolment_code`,
    sql`insert into counter_session_2 (mall_id, counter_id, epoch, device_id, opened_at, closed_at)
      select ${mall}, counter_id, epoch, device_id, opened_at, closed_at from counter_session`,
    sql`insert into visit_2 (id, mall_id, label, business_date, priority, issued_at, issuer_device_id)
      select id, ${mall}, label, business_date, priority, issued_at, issuer_device_id from visit`,
    sql`insert into entry_2 (visit_id, entry_no, mall_id, service_id, status, label, business_date, priority, journey_id,
        issued_at, waiting_since, ord, born_incarnation, opened_by, counter_id, device_id, grant_incarnation, grant_n,
        winner_device_id, called_at, serving_at, ended_at, officer_id, outcome, served_ms, to_service_id)
      select visit_id, entry_no, ${mall}, service_id, status, label, business_date, priority, journey_id, issued_at,
        waiting_since, ord, (select incarnation from server_state),
        (select earlier.device_id from entry as earlier
          where earlier.visit_id = entry.visit_id and earlier.entry_no = entry.entry_no - 1),
        counter_id, device_id, grant_incarnation, grant_n,
        case when status = 'waiting' then null else device_id end,
        called_at, serving_at, ended_at, officer_id, outcome, served_ms, to_service_id
      from entry`,
    sql`insert into claim (visit_id, entry_no, device_id, mall_id, status, strength, standing, grant_incarnation, grant_n,
        counter_id, officer_id, called_at, calls, serving_at, ended_at, outcome, served_ms, served_estimated, to_service_id)
      select visit_id, entry_no, device_id, ${mall}, status, case when serving_at is null then 1 else 3 end, 'active',
        grant_incarnation, grant_n, counter_id, officer_id, called_at, 1, serving_at, ended_at, outcome, served_ms,
        case when served_ms is null then null else 0 end, to_service_id
      from entry where status <> 'waiting'`,
    sql`insert into number_series_2 (mall_id, business_date, prefix, next)
      select ${mall}, business_date, prefix, next from number_series`,
    sql`insert into number_lease_2 (request_id, mall_id, device_id, service_id, business_date, first, last, leased_at)
      select request_id, ${mall}, device_id, service_id, business_date, first, last, leased_at from number_lease`,
    sql`insert into event_2 (device_id, generation, seq, mall_id, hash, prev_hash, body, type, received_at)
      select event.device_id, device.generation, seq, ${mall}, hash, prev_hash, body, type, received_at
      from event inner join device on device.id = event.device_id`,
    sql`insert into finding (device_id, generation, seq, code, mall_id, found_at)
      select event.device_id, device.generation, seq, finding, ${mall}, received_at
      from event inner join device on device.id = event.device_id where finding is not null`,
    sql`insert into personal_text_2 (visit_id, entry_no, key, device_id, mall_id, value_hash, salt, value, stored_at)
      select visit_id, entry_no, key, device_id, ${mall}, value_hash, salt, value, stored_at from personal_text`,
    sql`insert into change_2 (mall_id, seq, audience, business_date, body)
      select ${mall}, seq, ${mall} || ':' || audience, business_date, body from change`,
  ]
  for (const statement of statements) await statement.execute(db)
}
