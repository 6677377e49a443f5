/**
 * Templates for displays that are sold, to be used as they are or to begin from. Sources of the byte layouts:
 * - aedex: "AEDEX command set" in the manuals of Logic Controls LDX9 (8.1.2) and POS-X XP8200 (4.1.5): `21 23 31 <data> 0D` top
 *   line, `21 23 32 <data> 0D` bottom line; the same bytes are in LCDproc's serialPOS driver.
 * - adm-787: "ADM787/788 mode" in the manuals of POS-X EVO-RD4 (5.6) and Posiflex PD-2609: `0C` clear, `0E` clear and begin the
 *   upper line, `0F` the lower line, `0D` ends a line. The line blinking of POS-X (`11 n`) is not in Posiflex's list and not used.
 * - dsp-800: manuals of Tysso DSP and VFD-550 (6.2.4, 6.2.5): `04 01 50 position 17` cursor, positions 31 to 58 hex for 1 to
 *   40; `04 01 43 start end 17` clear. That ordinary characters then appear at the cursor is how those displays work in all
 *   their modes, but the pages seen do not spell it out for this one.
 * - serial7segment: SparkFun Serial7SegmentDisplay, wiki "Special Commands": `76` clear, `79 0` cursor to the left, `7A n`
 *   brightness 0-255. Four places: digits only.
 * - plain: no protocol, one line of text for each change.
 */

export const TEMPLATE_NAMES = ['init', 'show', 'message', 'clear', 'blinkOn', 'blinkOff', 'setBrightness'] as const
export type TemplateName = (typeof TEMPLATE_NAMES)[number]
export type Templates = Record<TemplateName, string>

const NONE: Templates = {
  init: '',
  show: '',
  message: '',
  clear: '',
  blinkOn: '',
  blinkOff: '',
  setBrightness: '',
}
const TWENTY_SPACES = ' '.repeat(20)

export const PRESETS = {
  plain: { ...NONE, show: '{text}\\r\\n', message: '{text}\\r\\n', clear: '\\r\\n' },
  aedex: {
    ...NONE,
    show: '!#1ANTREAN {text:<12}\\r!#2LOKET {counter:<14}\\r',
    message: `!#1{text:<20}\\r!#2${TWENTY_SPACES}\\r`,
    clear: `!#1${TWENTY_SPACES}\\r!#2${TWENTY_SPACES}\\r`,
  },
  'adm-787': {
    ...NONE,
    init: '\\x0C',
    show: '\\x0EANTREAN {text:<12}\\r\\x0FLOKET {counter:<14}\\r',
    message: '\\x0C\\x0E{text:<20}\\r',
    clear: '\\x0C',
  },
  'dsp-800': {
    ...NONE,
    init: '\\x04\\x01C\\x31\\x58\\x17',
    show: '\\x04\\x01P\\x31\\x17ANTREAN {text:<12}\\x04\\x01P\\x45\\x17LOKET {counter:<14}',
    message: '\\x04\\x01C\\x31\\x58\\x17\\x04\\x01P\\x31\\x17{text:<20}',
    clear: '\\x04\\x01C\\x31\\x58\\x17',
  },
  serial7segment: {
    ...NONE,
    init: '\\x76',
    show: '\\x79\\x00{number:>4}',
    clear: '\\x76',
    setBrightness: '\\x7A{brightness:bin8}',
  },
} as const satisfies Record<string, Templates>
export type PresetName = keyof typeof PRESETS
