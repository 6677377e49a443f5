/** Words on a screen of the pseudo build that came from no catalogue and are nobody's data. */
import { DRIVERS } from '#tests/renderer/fake-devices.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'
import type { Topics } from '#tests/renderer/screens/state.ts'

/** Keys of the keyboard, currencies, codes for IT, what the engine itself says about broken JSON, and days: quoted as they are. */
const SAME_EVERYWHERE = new RegExp(
  [
    /\b((Ctrl|Shift)\+)*(F\d{1,2}|Esc|Enter)\b/,
    /\bCtrl\+[A-Z]\b/,
    /\bIDR\b/,
    /\b[A-Z]+(_[A-Z]+)+\b/,
    /\b(Expected|Unexpected) .*JSON.*\b/,
    /\b((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

export async function untranslatedText({ page, host }: Shown, topics: Partial<Topics>): Promise<string[]> {
  const seen = await page.evaluate(readEverything)
  // Drivers have names that the screens translate, and choices that they do not.
  const said = host.answered.filter(({ method }) => method !== 'devices.drivers')
  const data = [...stringsIn([topics, said]), ...choicesIn(DRIVERS)].sort((a, b) => b.length - a.length)
  return seen.filter((words) => {
    // First, because the 15 of a day may be a counter's name.
    const left = data.reduce((text, known) => text.replaceAll(known, ''), words.replaceAll(SAME_EVERYWHERE, ''))
    return /[A-Za-z]{2,}/.test(left)
  })
}

/** Runs in the page: all that is read, by eye or by a screen reader. */
function readEverything(): string[] {
  const seen = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    // Options of a select have no box of their own.
    const isShown = parent?.checkVisibility() || parent?.closest('select')?.checkVisibility()
    // What somebody types is nobody's to translate.
    if (isShown && !parent?.closest('script, style, textarea')) seen.add(node.textContent ?? '')
  }
  for (const attribute of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'aria-valuetext']) {
    for (const element of document.body.querySelectorAll(`[${attribute}]`)) {
      seen.add(element.getAttribute(attribute) ?? '')
    }
  }
  return [...seen]
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 1 ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

function choicesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { enum: choices = [] } = value as { enum?: unknown[] }
  return [...stringsIn(choices), ...Object.values(value).flatMap(choicesIn)]
}
