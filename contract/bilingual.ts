/** Texts that a mall writes itself. */
import { z } from 'zod'

export const Text = z.string().trim().min(1).max(200)
/** Indonesian first; English where the mall has it. */
export const Bilingual = z.strictObject({ id: Text, en: Text.optional() })
