/**
 * Rules of the mall's configuration that need two places at once. They look only at a configuration whose shape is
 * right: a missing list would otherwise cause a flood of follow-up problems that hide the real one.
 */
import { MallConfig } from '#contract/mall-config.ts'
import { problemsOfIssue } from '#contract/mall-config-issues.ts'
import { type Problem, problem } from '#contract/mall-config-problem.ts'
import { paperProblems } from '#contract/papers-rules.ts'

export type { Problem } from '#contract/mall-config-problem.ts'

export type MallConfigCheck = { ok: true; config: MallConfig } | { ok: false; problems: Problem[] }

export function checkMallConfig(value: unknown): MallConfigCheck {
  const shape = MallConfig.safeParse(value, { reportInput: true })
  if (!shape.success) return { ok: false, problems: shape.error.issues.flatMap(problemsOfIssue) }
  const problems = RULES.flatMap((rule) => rule(shape.data))
  return problems.length === 0 ? { ok: true, config: shape.data } : { ok: false, problems }
}

const RULES: ((config: MallConfig) => Problem[])[] = [
  idsAreUnique,
  agenciesExist,
  countersOfferOwnServices,
  servicesHaveCounter,
  prefixesAreDistinct,
  counterNamesAreDistinct,
  officerCodesAreUnique,
  officersHaveAgency,
  mallStaffIsPresent,
  journeyStepsAreSound,
  zonesNameKnownPlaces,
  zoneSpeakersAreOnePlace,
  zonesShareNothing,
  papersAreComplete,
  officerServicesFit,
  pausesFitTheirDay,
]

const LISTS = ['agencies', 'services', 'counters', 'frontDesks', 'officers', 'journeys', 'zones'] as const

function idsAreUnique(config: MallConfig): Problem[] {
  return LISTS.flatMap((list) =>
    repeats<{ id: string }>(config[list] ?? [], (item) => item.id).map(({ item, index, first }) =>
      problem(
        [list, index, 'id'],
        'ID_REPEATED',
        `id "${item.id}" sudah dipakai di ${list}[${first}]. Beri id yang berbeda.`,
      ),
    ),
  )
}

function agenciesExist(config: MallConfig): Problem[] {
  const known = new Set(config.agencies.map((agency) => agency.id))
  return (['services', 'counters', 'officers'] as const).flatMap((list) =>
    config[list].flatMap(({ agencyId }, index) =>
      agencyId === undefined || known.has(agencyId)
        ? []
        : problem(
            [list, index, 'agencyId'],
            'AGENCY_UNKNOWN',
            `Instansi "${agencyId}" tidak ada di agencies. Perbaiki ejaannya atau tambahkan instansinya.`,
          ),
    ),
  )
}

function countersOfferOwnServices(config: MallConfig): Problem[] {
  const agencyOf = new Map(config.services.map((service) => [service.id, service.agencyId]))
  return config.counters.flatMap((counter, index) => {
    const at = (position: number) => ['counters', index, 'serviceIds', position]
    const wrong = counter.serviceIds.flatMap((id, position) => {
      const agencyId = agencyOf.get(id)
      if (agencyId === undefined) return serviceUnknown(at(position), id)
      if (agencyId === counter.agencyId) return []
      return problem(
        at(position),
        'COUNTER_SERVICE_FOREIGN',
        `Layanan "${id}" milik instansi "${agencyId}", sedangkan loket ini milik "${counter.agencyId}". Pindahkan layanan ke loket instansinya.`,
      )
    })
    const twice = repeats(counter.serviceIds, (id) => id).map(({ item, index: position }) =>
      problem(
        at(position),
        'COUNTER_SERVICE_REPEATED',
        `Layanan "${item}" tertulis dua kali di loket ini. Hapus satu.`,
      ),
    )
    return [...wrong, ...twice]
  })
}

function servicesHaveCounter(config: MallConfig): Problem[] {
  const offered = new Set(config.counters.flatMap((counter) => counter.serviceIds))
  return config.services.flatMap((service, index) =>
    offered.has(service.id)
      ? []
      : problem(
          ['services', index, 'id'],
          'SERVICE_WITHOUT_COUNTER',
          `Layanan "${service.id}" tidak dibuka di loket mana pun. Tambahkan ke serviceIds sebuah loket atau hapus layanannya.`,
        ),
  )
}

/** Desks without a leased number print their own series, L03-12: the letter L alone and L with digits are theirs. */
const RESERVED_PREFIX = /^L[0-9]*$/i

/** Digits that a display or a hurried reader takes for a letter: 8A and BA on two screens would be one number. */
const LOOKS_LIKE: Record<string, string> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '8': 'B' }

function prefixesAreDistinct({ services }: MallConfig): Problem[] {
  const at = (index: number) => ['services', index, 'prefix']
  const written = (prefix: string) => prefix.toUpperCase()
  const looks = (prefix: string) => written(prefix).replace(/[0-9]/g, (digit) => LOOKS_LIKE[digit] ?? digit)

  const reserved = services.flatMap(({ prefix }, index) =>
    RESERVED_PREFIX.test(prefix)
      ? problem(
          at(index),
          'PREFIX_RESERVED',
          `Awalan "${prefix}" disimpan untuk nomor darurat loket (misalnya L03-12). Pakai huruf lain.`,
        )
      : [],
  )
  const clashing = repeats(services, ({ prefix }) => looks(prefix)).map(({ item, index, first, firstItem }) =>
    written(item.prefix) === written(firstItem.prefix)
      ? problem(
          at(index),
          'PREFIX_CLASH',
          `Awalan "${item.prefix}" sudah dipakai layanan "${firstItem.id}" (services[${first}]). Beri awalan lain.`,
        )
      : problem(
          at(index),
          'PREFIX_LOOKALIKE',
          `Awalan "${item.prefix}" di layar mudah tertukar dengan "${firstItem.prefix}" milik layanan "${firstItem.id}" (services[${first}]). Beri awalan lain.`,
        ),
  )
  return [...reserved, ...clashing]
}

function counterNamesAreDistinct({ counters }: MallConfig): Problem[] {
  // The voice says "loket tiga" for 3 and for 03.
  return repeats(counters, ({ name }) => name.replace(/^0+(?=[0-9])/, '')).map(({ item, index, first, firstItem }) =>
    problem(
      ['counters', index, 'name'],
      'COUNTER_NAME_CLASH',
      `Nama loket "${item.name}" terdengar sama dengan "${firstItem.name}" di counters[${first}]. Beri nama lain.`,
    ),
  )
}

function officerCodesAreUnique({ officers }: MallConfig): Problem[] {
  return repeats(officers, ({ code }) => code).map(({ item, index, first }) =>
    problem(
      ['officers', index, 'code'],
      'OFFICER_CODE_CLASH',
      `Kode petugas "${item.code}" sudah dipakai di officers[${first}]. Beri kode lain.`,
    ),
  )
}

function officersHaveAgency({ officers }: MallConfig): Problem[] {
  return officers.flatMap((officer, index) =>
    officer.roles.includes('officer') && officer.agencyId === undefined
      ? problem(
          ['officers', index],
          'OFFICER_WITHOUT_AGENCY',
          `Petugas "${officer.id}" melayani di loket tetapi belum punya agencyId. Tambahkan agencyId instansinya.`,
        )
      : [],
  )
}

function mallStaffIsPresent({ officers }: MallConfig): Problem[] {
  const has = (role: 'front_desk' | 'supervisor') => officers.some((officer) => officer.roles.includes(role))
  const missing: Problem[] = []
  if (!has('front_desk')) {
    const message = 'Belum ada petugas penerima tamu. Tambahkan sedikitnya satu petugas dengan roles "front_desk".'
    missing.push(problem(['officers'], 'FRONT_DESK_OFFICER_MISSING', message))
  }
  if (!has('supervisor')) {
    const message = 'Belum ada penyelia. Tambahkan sedikitnya satu petugas dengan roles "supervisor".'
    missing.push(problem(['officers'], 'SUPERVISOR_MISSING', message))
  }
  return missing
}

function journeyStepsAreSound({ services, journeys }: MallConfig): Problem[] {
  const known = new Set(services.map((service) => service.id))
  return journeys.flatMap(({ steps }, index) => {
    const at = (position: number) => ['journeys', index, 'steps', position, 'serviceId']
    const unknown = steps.flatMap(({ serviceId }, position) =>
      known.has(serviceId) ? [] : serviceUnknown(at(position), serviceId),
    )
    const twice = repeats(steps, (step) => step.serviceId).map(({ item, index: position }) =>
      problem(
        at(position),
        'JOURNEY_STEP_REPEATED',
        `Layanan "${item.serviceId}" sudah menjadi langkah lain di paket ini. Setiap langkah harus layanan yang berbeda.`,
      ),
    )
    return [...unknown, ...twice]
  })
}

function zonesNameKnownPlaces({ zones = [], counters, frontDesks }: MallConfig): Problem[] {
  const counterIds = new Set(counters.map(({ id }) => id))
  const places = new Set([...counterIds, ...frontDesks.map(({ id }) => id)])
  return zones.flatMap((zone, index) => [
    ...(places.has(zone.speakerId)
      ? []
      : [
          problem(
            ['zones', index, 'speakerId'],
            'ZONE_SPEAKER_UNKNOWN',
            `"${zone.speakerId}" bukan loket dan bukan meja penerima tamu. Tulis id PC yang punya pengeras suara.`,
          ),
        ]),
    ...zone.counterIds.flatMap((id, position) =>
      counterIds.has(id)
        ? []
        : problem(
            ['zones', index, 'counterIds', position],
            'ZONE_COUNTER_UNKNOWN',
            `Loket "${id}" tidak ada di counters. Perbaiki ejaannya atau hapus dari zona ini.`,
          ),
    ),
  ])
}

/** Elsewhere a counter and a front desk may share an id: lists are apart. Here both PCs would speak. */
function zoneSpeakersAreOnePlace({ zones = [], counters, frontDesks }: MallConfig): Problem[] {
  const counterIds = new Set(counters.map(({ id }) => id))
  const twofold = new Set(frontDesks.map(({ id }) => id).filter((id) => counterIds.has(id)))
  return zones.flatMap(({ speakerId }, index) =>
    twofold.has(speakerId)
      ? problem(
          ['zones', index, 'speakerId'],
          'ZONE_SPEAKER_AMBIGUOUS',
          `"${speakerId}" adalah id sebuah loket dan juga id sebuah meja penerima tamu. Beri salah satunya id lain.`,
        )
      : [],
  )
}

/** A call is heard in one place, and a PC speaks for one zone. */
function zonesShareNothing({ zones = [] }: MallConfig): Problem[] {
  const members = zones.flatMap(({ id: zoneId, counterIds }, index) =>
    counterIds.map((id, position) => ({ id, zoneId, path: ['zones', index, 'counterIds', position] })),
  )
  const counters = repeats(members, ({ id }) => id).map(({ item, firstItem }) =>
    problem(
      item.path,
      'ZONE_COUNTER_REPEATED',
      `Loket "${item.id}" sudah ada di zona "${firstItem.zoneId}". Satu loket hanya boleh di satu zona.`,
    ),
  )
  const speakers = repeats(zones, ({ speakerId }) => speakerId).map(({ item, index, firstItem }) =>
    problem(
      ['zones', index, 'speakerId'],
      'ZONE_SPEAKER_REPEATED',
      `"${item.speakerId}" sudah bersuara untuk zona "${firstItem.id}". Beri zona ini PC lain.`,
    ),
  )
  return [...counters, ...speakers]
}

function papersAreComplete({ papers }: MallConfig): Problem[] {
  return papers ? paperProblems(papers) : []
}

/** A list narrows what an officer may take; who may do everything at a counter, or never sits there, has none. */
function officerServicesFit({ officers, services }: MallConfig): Problem[] {
  const agencyOf = new Map(services.map((service) => [service.id, service.agencyId]))
  return officers.flatMap(({ id, agencyId, roles, serviceIds }, index) => {
    if (!serviceIds) return []
    const at = (position: number) => ['officers', index, 'serviceIds', position]
    const isOfficerOnly = roles.includes('officer') && !roles.includes('supervisor') && !roles.includes('technician')
    const role = isOfficerOnly
      ? []
      : [
          problem(
            ['officers', index, 'serviceIds'],
            'OFFICER_SERVICES_ROLE',
            `serviceIds hanya untuk petugas loket; "${id}" boleh segalanya atau tidak melayani. Hapus serviceIds.`,
          ),
        ]
    const wrong = serviceIds.flatMap((serviceId, position) => {
      const owner = agencyOf.get(serviceId)
      if (owner === undefined) return serviceUnknown(at(position), serviceId)
      if (owner === agencyId) return []
      return problem(
        at(position),
        'OFFICER_SERVICE_FOREIGN',
        `Layanan "${serviceId}" milik instansi "${owner}", bukan instansi petugas "${id}". Hapus dari serviceIds.`,
      )
    })
    return [...role, ...wrong]
  })
}

/** Times are HH:MM, so text order is time order. */
function pausesFitTheirDay({ pauses = [] }: MallConfig): Problem[] {
  return pauses.flatMap((pause, index) => {
    if (pause.from >= pause.to) {
      return problem(
        ['pauses', index, 'to'],
        'PAUSE_ENDS_EARLY',
        `Istirahat berakhir (${pause.to}) sebelum mulai (${pause.from}). Tulis to yang lebih akhir pada hari yang sama.`,
      )
    }
    const first = pauses.findIndex(
      (other, position) =>
        position < index && other.weekday === pause.weekday && other.from < pause.to && pause.from < other.to,
    )
    if (first < 0) return []
    return problem(
      ['pauses', index, 'from'],
      'PAUSE_OVERLAP',
      `Istirahat ini bertumpuk dengan pauses[${first}] pada hari yang sama. Satukan atau geser jamnya.`,
    )
  })
}

function serviceUnknown(at: (string | number)[], id: string): Problem {
  return problem(
    at,
    'SERVICE_UNKNOWN',
    `Layanan "${id}" tidak ada di services. Perbaiki ejaannya atau tambahkan layanannya.`,
  )
}

type Repeat<T> = { item: T; index: number; first: number; firstItem: T }

/** Every item whose key an earlier item already has, together with that first one. */
function repeats<T>(items: readonly T[], keyOf: (item: T) => string): Repeat<T>[] {
  const seen = new Map<string, { first: number; firstItem: T }>()
  return items.flatMap((item, index) => {
    const earlier = seen.get(keyOf(item))
    if (earlier) return [{ item, index, ...earlier }]
    seen.set(keyOf(item), { first: index, firstItem: item })
    return []
  })
}
