/**
 * Register maps of modules that are sold. Sources:
 * - dm36, dm56 (same registers, other digit height): lamaplc.com, "DM36/DM56": registers 0-5 one ASCII character each.
 * - tm1650: lamaplc.com, "TM1650 7-segment", with the example frames: 0 number, 1 decimal point, 2 brightness, 3 flash;
 *   the first three in one function 16, flash by function 06.
 * - embedded-art: docs of Embedded Art's LED display control card: function 16, line 1 from register 1000, line 2 from 2000.
 *   They do not say how many characters one register holds, so that is a parameter.
 */
import type { RegisterMap } from '#main/host/devices/led/modbus/register-map.ts'

type ProfileParams = {
  profile: 'dm36' | 'dm56' | 'tm1650' | 'embedded-art' | 'own'
  brightness: number
  characters: number
  perRegister: 1 | 2
  secondLine: boolean
  map: RegisterMap
}

const DM36_CHARACTERS = 6
/** Four seven-segment digits. */
const TM1650_HIGHEST = 9999
const EMBEDDED_ART_LINES = [1000, 2000] as const

export function mapOf(params: ProfileParams): RegisterMap {
  switch (params.profile) {
    case 'dm36':
    case 'dm56':
      return [
        {
          holds: 'characters',
          of: 'label',
          register: 0,
          count: DM36_CHARACTERS,
          perRegister: 1,
          first: 'left',
          align: 'right',
          function: 16,
        },
      ]
    case 'tm1650':
      return [
        { holds: 'number', register: 0, words: 1, first: 'high', highest: TM1650_HIGHEST, function: 16 },
        { holds: 'fixed', register: 1, value: 0, function: 16 },
        { holds: 'fixed', register: 2, value: params.brightness, function: 16 },
        { holds: 'flash', register: 3, on: 1, off: 0, function: 6 },
      ]
    case 'embedded-art':
      return params.secondLine
        ? [embeddedArtLine('label', params), embeddedArtLine('counter', params)]
        : [embeddedArtLine('label', params)]
    case 'own':
      return params.map
  }
}

function embeddedArtLine(of: 'label' | 'counter', { characters, perRegister }: ProfileParams): RegisterMap[number] {
  const register = EMBEDDED_ART_LINES[of === 'label' ? 0 : 1]
  return {
    holds: 'characters',
    of,
    register,
    count: characters,
    perRegister,
    first: 'left',
    align: 'left',
    function: 16,
  }
}
