/** Everything that has to happen often enough for the proof to mean something. */
import { METHODS } from '#contract/desk-api.ts'

export const COMMANDS: readonly string[] = [
  ...Object.entries(METHODS)
    .filter(([, { movesCustody }]) => movesCustody)
    .map(([name]) => name),
  // Moves nothing, and must not: it is a fact between all the others.
  'queue.note',
  'officer.change',
  'pause.planned',
  'profile.change',
  'supervisor.reclaim',
  'supervisor.dismiss',
  'supervisor.readmit',
]

export const FAULTS = [
  'fault.loss',
  'fault.delay',
  'fault.duplicate',
  'fault.reorder',
  'fault.partition',
  'fault.desk_crash',
  'fault.desk_power_cut',
  'fault.server_crash',
  'fault.server_restore',
  'fault.desk_restore',
  'fault.clock_jump',
  'fault.second_pc',
  'fault.midnight',
] as const

/** The failure table of docs/hands-and-facts.md, row by row: counted when the behaviour it asks for was really seen. */
export const FAILURE_ROWS = [
  'row.answer_lost_or_duplicated',
  'row.server_down_hand_played',
  'row.server_down_slip_presented',
  'row.server_down_own_series',
  'row.slip_claimed',
  'row.slip_holder_silent',
  'row.slip_refused',
  'row.forwarded_while_cut_off',
  'row.two_acts_on_one_entry',
  'row.stranded_hand_reclaimed',
  'row.two_pcs_one_counter',
  'row.server_restored',
  'row.workstation_restored',
  'row.midnight_while_cut_off',
  'row.numbers_resumed_in_fresh_series',
] as const

export const REPORT_NAMES: readonly string[] = [...COMMANDS, ...FAULTS, ...FAILURE_ROWS]
