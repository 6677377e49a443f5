import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEnrolmentCode, withFingerprint } from '#contract/enrolment-code.ts'

const FINGERPRINT = `${'0123456789abcdef'.repeat(4)}`

describe('the text of an enrolment code', () => {
  test('of a server without HTTPS is the secret alone', () => {
    expect(withFingerprint('ABCD-EF27', null)).toBe('ABCD-EF27')
    expect(parseEnrolmentCode('ABCD-EF27')).toEqual({ secret: 'ABCDEF27', fingerprintPrefix: null })
  })

  test('of a server with HTTPS names its certificate in four more groups', () => {
    // RFC 4648 of the bytes 01 23 45 67 89 ab cd ef 01 23.
    expect(withFingerprint('ABCD-EF27', FINGERPRINT)).toBe('ABCD-EF27-AERU-KZ4J-VPG6-6AJD')
  })

  test('is read as it was printed, whatever the certificate, typed with or without blanks, hyphens and capitals', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{64}$/)
    const retyped = fc.constantFrom(
      (code: string) => code,
      (code: string) => code.toLowerCase(),
      (code: string) => code.replaceAll('-', ' '),
      (code: string) => `\t${code.replaceAll('-', '')}\n`,
    )
    fc.assert(
      fc.property(hex, retyped, (fingerprint, retype) => {
        const parts = parseEnrolmentCode(retype(withFingerprint('ABCD-EF27', fingerprint)))
        expect(parts).toEqual({ secret: 'ABCDEF27', fingerprintPrefix: fingerprint.slice(0, 20) })
      }),
    )
  })

  test.each(['', '-', 'ABCDEFG', 'ABCDEFGHI', 'A'.repeat(23), 'A'.repeat(25), 'ABCDEFG1', 'ABCDEFG=', 'ABCDEFGÄ'])(
    '"%s" is none',
    (typed) => {
      expect(parseEnrolmentCode(typed)).toBeNull()
    },
  )
})
