/** 16 November 2026, 09.00 in the mall (WITA). */
export const MORNING = Date.parse('2026-11-16T01:00:00Z')
export const TODAY = '2026-11-16'
