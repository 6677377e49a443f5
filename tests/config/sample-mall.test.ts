import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AgencyKind } from '#contract/mall-config.ts'
import { mallSchemaText, SCHEMA_FILE } from '#scripts/write-mall-schema.ts'
import { formatProblems, readMallConfigFile } from '#server/mall-config-file.ts'

const SAMPLE = 'config/contoh-mpp.json'

function sample() {
  const result = readMallConfigFile(SAMPLE)
  if (!result.ok) throw new Error(formatProblems(SAMPLE, result.problems))
  return result.config
}

describe('the sample mall', () => {
  it('passes every rule', () => {
    expect(readMallConfigFile(SAMPLE)).toMatchObject({ ok: true })
  })

  it('has 21 agencies of every kind, more than 60 services, 2 front desks and 2 journeys', () => {
    const config = sample()
    expect(config.agencies).toHaveLength(21)
    expect(new Set(config.agencies.map((agency) => agency.kind))).toEqual(new Set(AgencyKind.options))
    expect(config.services.length).toBeGreaterThan(60)
    expect(config.frontDesks).toHaveLength(2)
    expect(config.journeys).toHaveLength(2)
  })

  it('names every service in English too', () => {
    expect(sample().services.filter((service) => service.name.en === undefined)).toEqual([])
  })

  it('has at least as many officers in each agency as the agency has counters', () => {
    const { agencies, counters, officers } = sample()
    const understaffed = agencies.filter(({ id }) => {
      const serving = officers.filter((officer) => officer.agencyId === id && officer.roles.includes('officer'))
      return serving.length < counters.filter((counter) => counter.agencyId === id).length
    })
    expect(understaffed).toEqual([])
  })

  it('gives every officer a different PIN', () => {
    const pins = sample().officers.map((officer) => officer.pin)
    expect(new Set(pins).size).toBe(pins.length)
  })

  it('leads a citizen who lost the KTP from the police to Disdukcapil with a loss report valid for 14 days', () => {
    const { journeys, services } = sample()
    const steps = journeys.find((journey) => journey.id === 'ktp-hilang')?.steps ?? []
    const agencies = steps.map((step) => services.find((service) => service.id === step.serviceId)?.agencyId)
    expect(agencies).toEqual(['polres', 'disdukcapil'])
    expect(steps[0]?.handsOver).toMatchObject({ key: 'nomor-surat-kehilangan', validDays: 14 })
  })
})

describe('the published JSON Schema', () => {
  it('is the one the code produces (otherwise run: node scripts/write-mall-schema.ts)', () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(mallSchemaText())
  })
})
