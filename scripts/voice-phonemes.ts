/**
 * Clip -> what the engine says instead of its text, in its own phonemes: E is the e of "es", @ the one of "kera", a schwa. Here
 * is what it guesses wrong by itself (`espeak-ng -q -x -v id` tells).
 */
export const PHONEMES: Readonly<Record<string, string>> = {
  'id/silakan-menuju-loket': "[[sil'akan m@n'udZu l'okEt]]",
  'id/empat': "[[@mp'at]]",
  'id/enam': "[[@n'am]]",
  'id/belas': "[[b@l'as]]",
  'id/sebelas': "[[s@b@l'as]]",
}
