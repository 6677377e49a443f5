import { describe, expect, it } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import { checkMallConfig } from '#contract/mall-config-rules.ts'
import { readMallConfigFile } from '#server/mall-config-file.ts'
import { type BrokenMall, itFindsEach } from '#tests/config/broken-mall.ts'
import { configFolder } from '#tests/config/config-folder.ts'
import { broken, SMALL_MALL } from '#tests/config/small-mall.ts'

const ZONE = { id: 'barat', name: 'Sayap barat', speakerId: 'polres-1', counterIds: ['polres-1'] }

const FRIDAY_PRAYER = { weekday: 'friday', from: '11:45', to: '13:00', reason: 'prayer' } as const

const CASES: BrokenMall[] = [
  {
    when: 'two agencies have one id',
    from: '"id": "dukcapil", "name"',
    to: '"id": "polres", "name"',
    rule: 'ID_REPEATED',
    path: 'agencies[1].id',
    line: 6,
  },
  {
    when: 'two services have one id',
    from: '"id": "ktp", "agencyId"',
    to: '"id": "hilang", "agencyId"',
    rule: 'ID_REPEATED',
    path: 'services[1].id',
    line: 10,
  },
  {
    when: 'two counters have one id',
    from: '"dukcapil-1"',
    to: '"polres-1"',
    rule: 'ID_REPEATED',
    path: 'counters[1].id',
    line: 14,
  },
  {
    when: 'two front desks have one id',
    from: '"name": "Penerima Tamu"}',
    to: '"name": "Penerima Tamu"}, {"id": "penerima-1", "name": "Lain"}',
    rule: 'ID_REPEATED',
    path: 'frontDesks[1].id',
    line: 16,
  },
  {
    when: 'two officers have one id',
    from: '"id": "made"',
    to: '"id": "ayu"',
    rule: 'ID_REPEATED',
    path: 'officers[1].id',
    line: 19,
  },
  {
    when: 'two journeys have one id',
    from: '"serviceId": "ktp"}]}',
    to: '"serviceId": "ktp"}]},\n{"id": "ktp-hilang", "name": {"id": "Lagi"}, "steps": [{"serviceId": "ktp"}, {"serviceId": "hilang"}]}',
    rule: 'ID_REPEATED',
    path: 'journeys[1].id',
    line: 25,
  },
  {
    when: 'a service names an unknown agency',
    from: '"agencyId": "dukcapil", "name"',
    to: '"agencyId": "dukcapi", "name"',
    rule: 'AGENCY_UNKNOWN',
    path: 'services[1].agencyId',
    line: 10,
  },
  {
    when: 'a counter names an unknown agency',
    from: '"agencyId": "polres", "serviceIds"',
    to: '"agencyId": "polsek", "serviceIds"',
    rule: 'AGENCY_UNKNOWN',
    path: 'counters[0].agencyId',
    line: 13,
  },
  {
    when: 'an officer names an unknown agency',
    from: '"agencyId": "dukcapil", "roles"',
    to: '"agencyId": "capil", "roles"',
    rule: 'AGENCY_UNKNOWN',
    path: 'officers[1].agencyId',
    line: 19,
  },
  {
    when: 'a counter offers an unknown service',
    from: '["ktp"]',
    to: '["ktp", "kia"]',
    rule: 'SERVICE_UNKNOWN',
    path: 'counters[1].serviceIds[1]',
    line: 14,
  },
  {
    when: 'a journey leads to an unknown service',
    from: '{"serviceId": "ktp"}',
    to: '{"serviceId": "kk"}',
    rule: 'SERVICE_UNKNOWN',
    path: 'journeys[0].steps[1].serviceId',
    line: 24,
  },
  {
    when: "a counter offers another agency's service",
    from: '["hilang"]',
    to: '["hilang", "ktp"]',
    rule: 'COUNTER_SERVICE_FOREIGN',
    path: 'counters[0].serviceIds[1]',
    line: 13,
  },
  {
    when: 'a counter offers a service twice',
    from: '["ktp"]',
    to: '["ktp", "ktp"]',
    rule: 'COUNTER_SERVICE_REPEATED',
    path: 'counters[1].serviceIds[1]',
    line: 14,
  },
  {
    when: 'a service has no counter',
    from: '["ktp"]',
    to: '["hilang"]',
    rule: 'SERVICE_WITHOUT_COUNTER',
    path: 'services[1].id',
    line: 10,
  },
  {
    when: 'two services share a prefix',
    from: '"8A"',
    to: '"P"',
    rule: 'PREFIX_CLASH',
    path: 'services[1].prefix',
    line: 10,
  },
  {
    when: "a prefix is the letter of the desks' own series",
    from: '"8A"',
    to: '"L"',
    rule: 'PREFIX_RESERVED',
    path: 'services[1].prefix',
    line: 10,
  },
  {
    when: 'two prefixes look alike on a display',
    from: '"prefix": "P"',
    to: '"prefix": "BA"',
    rule: 'PREFIX_LOOKALIKE',
    path: 'services[1].prefix',
    line: 10,
  },
  {
    when: 'two counters sound alike',
    from: '"name": "2"',
    to: '"name": "01"',
    rule: 'COUNTER_NAME_CLASH',
    path: 'counters[1].name',
    line: 14,
  },
  {
    when: 'two officers share a code',
    from: 'DKC01',
    to: 'POL01',
    rule: 'OFFICER_CODE_CLASH',
    path: 'officers[1].code',
    line: 19,
  },
  {
    when: 'an officer who serves has no agency',
    from: '"agencyId": "polres", "roles"',
    to: '"roles"',
    rule: 'OFFICER_WITHOUT_AGENCY',
    path: 'officers[0]',
    line: 18,
  },
  {
    when: 'nobody works at the front desk',
    from: '"front_desk"',
    to: '"technician"',
    rule: 'FRONT_DESK_OFFICER_MISSING',
    path: 'officers',
    line: 17,
  },
  {
    when: 'nobody supervises',
    from: '"supervisor"',
    to: '"technician"',
    rule: 'SUPERVISOR_MISSING',
    path: 'officers',
    line: 17,
  },
  {
    when: 'a journey visits a service twice',
    from: '{"serviceId": "ktp"}',
    to: '{"serviceId": "hilang"}',
    rule: 'JOURNEY_STEP_REPEATED',
    path: 'journeys[0].steps[1].serviceId',
    line: 24,
  },
  {
    when: 'the loudspeaker of a zone hangs nowhere',
    ...zones({ speakerId: 'polres-9' }),
    rule: 'ZONE_SPEAKER_UNKNOWN',
    path: 'zones[0].speakerId',
  },
  {
    when: 'a zone has an unknown counter',
    ...zones({ counterIds: ['polres-1', 'polres-9'] }),
    rule: 'ZONE_COUNTER_UNKNOWN',
    path: 'zones[0].counterIds[1]',
  },
  {
    when: 'a counter is heard in two zones',
    ...zones({}, { id: 'timur', speakerId: 'dukcapil-1', counterIds: ['dukcapil-1', 'polres-1'] }),
    rule: 'ZONE_COUNTER_REPEATED',
    path: 'zones[1].counterIds[1]',
  },
  {
    when: 'a PC speaks for two zones',
    ...zones({}, { id: 'timur', counterIds: ['dukcapil-1'] }),
    rule: 'ZONE_SPEAKER_REPEATED',
    path: 'zones[1].speakerId',
  },
  {
    when: 'two zones have one id',
    ...zones({}, { speakerId: 'dukcapil-1', counterIds: ['dukcapil-1'] }),
    rule: 'ID_REPEATED',
    path: 'zones[1].id',
  },
  {
    when: 'an officer may take a service that the mall does not have',
    ...madeMayTake(['"officer"'], ['ktp', 'paspor']),
    rule: 'SERVICE_UNKNOWN',
    path: 'officers[1].serviceIds[1]',
  },
  {
    when: 'an officer may take a service of another agency',
    ...madeMayTake(['"officer"'], ['hilang']),
    rule: 'OFFICER_SERVICE_FOREIGN',
    path: 'officers[1].serviceIds[0]',
  },
  {
    when: 'a list of services narrows who may do everything',
    ...madeMayTake(['"officer"', '"supervisor"'], ['ktp']),
    rule: 'OFFICER_SERVICES_ROLE',
    path: 'officers[1].serviceIds',
  },
  {
    when: 'a pause ends before it begins',
    ...pauses({ from: '13:00', to: '11:45' }),
    rule: 'PAUSE_ENDS_EARLY',
    path: 'pauses[0].to',
  },
  {
    when: 'two pauses of a day overlap',
    ...pauses({}, { from: '12:30', to: '13:30', reason: 'break' }),
    rule: 'PAUSE_OVERLAP',
    path: 'pauses[1].from',
  },
]

/** Made with these roles and services, in his line. */
function madeMayTake(roles: string[], serviceIds: string[]): Pick<BrokenMall, 'from' | 'to' | 'line'> {
  const list = `"roles": [${roles.join(', ')}], "serviceIds": ${JSON.stringify(serviceIds)}, "pin": "918263"`
  return { from: '"roles": ["officer"], "pin": "918263"', to: list, line: 19 }
}

type Pause = NonNullable<MallConfig['pauses']>[number]

/** Friday prayer, changed like this, before the journeys. */
function pauses(...changes: Partial<Pause>[]): Pick<BrokenMall, 'from' | 'to' | 'line'> {
  const list = changes.map((change) => ({ ...FRIDAY_PRAYER, ...change }))
  return { from: '"journeys"', to: `"pauses": ${JSON.stringify(list)}, "journeys"`, line: 23 }
}

type Zone = NonNullable<MallConfig['zones']>[number]

/** Puts loudspeaker zones before the journeys, all in that line. */
function zones(...changes: Partial<Zone>[]): Pick<BrokenMall, 'from' | 'to' | 'line'> {
  const list = changes.map((change) => ({ ...ZONE, ...change }))
  return { from: '"journeys"', to: `"zones": ${JSON.stringify(list)}, "journeys"`, line: 23 }
}

const folder = configFolder()

describe('the rules of a mall configuration', () => {
  it('accept the small mall that every example below breaks', () => {
    expect(checkMallConfig(JSON.parse(SMALL_MALL))).toMatchObject({ ok: true })
  })

  itFindsEach(CASES)

  it('accept zones whose counters differ, also with a front desk that speaks for counters', () => {
    const { from, to } = zones({}, { id: 'timur', speakerId: 'penerima-1', counterIds: ['dukcapil-1'] })
    expect(checkMallConfig(JSON.parse(broken(SMALL_MALL, from, to)))).toMatchObject({ ok: true })
  })

  it('accept pauses one after the other, and an officer’s own list of services', () => {
    const { from, to } = pauses({}, { from: '13:00', to: '13:30', reason: 'break' }, { weekday: 'monday' })
    const text = broken(SMALL_MALL, from, to)
    const list = madeMayTake(['"officer"'], ['ktp'])
    expect(checkMallConfig(JSON.parse(broken(text, list.from, list.to)))).toMatchObject({ ok: true })
  })

  it('refuse a time that is none', () => {
    for (const wrong of ['24:00', '8:00', '11.45', '11:60']) {
      const { from, to } = pauses({ from: wrong })
      expect(checkMallConfig(JSON.parse(broken(SMALL_MALL, from, to)))).toMatchObject({ ok: false })
    }
  })

  it('refuse a loudspeaker whose id is a counter’s and a front desk’s: two PCs would speak', () => {
    const { from, to } = zones({})
    const clashing = broken(SMALL_MALL, '{"id": "penerima-1"', '{"id": "polres-1"')
    expect(checkMallConfig(JSON.parse(clashing))).toMatchObject({ ok: true })
    const result = checkMallConfig(JSON.parse(broken(clashing, from, to)))
    expect(result.ok ? [] : result.problems).toMatchObject([
      { rule: 'ZONE_SPEAKER_AMBIGUOUS', path: 'zones[0].speakerId' },
    ])
  })

  it('report every problem at once, from top to bottom', () => {
    const text = broken(broken(SMALL_MALL, '"8A"', '"P"'), '"kind": "vertical"', '"kind": "regency"')
    const result = readMallConfigFile(folder.write('two.json', broken(text, 'DKC01', 'POL01')))
    expect(result.ok ? [] : result.problems.map((found) => found.rule)).toEqual(['PREFIX_CLASH', 'OFFICER_CODE_CLASH'])
  })

  it('accept prefixes that merely begin with L', () => {
    expect(checkMallConfig(JSON.parse(broken(SMALL_MALL, '"8A"', '"LA"')))).toMatchObject({ ok: true })
  })
})
