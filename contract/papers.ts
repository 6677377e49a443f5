/**
 * What a mall may change about its papers: blocks from top to bottom. A paper without a list of its own is printed as the
 * default says. What must stay on a paper is in papers-rules.ts.
 */
import { z } from 'zod'
import { Bilingual } from '#contract/bilingual.ts'

/** The parts of a slip (struk antrean). One that has nothing to say on a certain slip prints nothing. */
const SlipPart = z.enum([
  'mall',
  'agency',
  'title',
  'number',
  'service',
  'counters',
  'time',
  'ahead',
  'standard',
  'tariff',
  'payment',
  'requirements',
  'product',
  'complaint',
  'qr',
  'keep',
])
export type SlipPart = z.infer<typeof SlipPart>

/** The parts of a receipt (tanda terima). */
const ReceiptPart = z.enum([
  'mall',
  'title',
  'number',
  'agency',
  'service',
  'counter',
  'officer',
  'times',
  'outcome',
  'product',
  'tariff',
  'payment',
  'complaint',
  'next',
  'proof',
  'survey',
])
export type ReceiptPart = z.infer<typeof ReceiptPart>

const TextBlock = z.strictObject({
  kind: z.literal('text'),
  text: Bilingual,
  /** Left unless it says otherwise. */
  align: z.enum(['left', 'center', 'right']).optional(),
  bold: z.boolean().optional(),
  /** Twice as wide and as high. */
  large: z.boolean().optional(),
})
export type TextBlock = z.infer<typeof TextBlock>

/** A line from edge to edge, an empty line, or the mall's logo, if it has one. */
const PlainBlock = z.strictObject({ kind: z.enum(['line', 'space', 'logo']) })

const SlipBlock = z.discriminatedUnion('kind', [z.strictObject({ kind: SlipPart }), PlainBlock, TextBlock])
export type SlipBlock = z.infer<typeof SlipBlock>

const ReceiptBlock = z.discriminatedUnion('kind', [z.strictObject({ kind: ReceiptPart }), PlainBlock, TextBlock])
export type ReceiptBlock = z.infer<typeof ReceiptBlock>

const MOST_BLOCKS = 60

export const Papers = z.strictObject({
  slip: z.array(SlipBlock).min(1).max(MOST_BLOCKS).optional().describe('Blocks of the slip from top to bottom'),
  receipt: z
    .array(ReceiptBlock)
    .min(1)
    .max(MOST_BLOCKS)
    .optional()
    .describe('Blocks of the receipt from top to bottom'),
  logo: z
    .string()
    .optional()
    .describe('PNG as data URL or base64, at most 32 KiB, 576 wide and 240 high; printed in black and white'),
})
export type Papers = z.infer<typeof Papers>

const plain = <K extends string>(...kinds: K[]) => kinds.map((kind) => ({ kind }))

export const DEFAULT_SLIP: readonly SlipBlock[] = [
  ...plain('logo', 'mall', 'agency', 'line'),
  ...plain('title', 'number', 'service', 'counters', 'time', 'ahead', 'line'),
  ...plain('standard', 'tariff', 'payment', 'requirements', 'product', 'complaint', 'space'),
  ...plain('qr', 'keep'),
]

export const DEFAULT_RECEIPT: readonly ReceiptBlock[] = [
  ...plain('logo', 'mall', 'title', 'number', 'agency', 'service', 'line'),
  ...plain('counter', 'officer', 'times', 'line'),
  ...plain('outcome', 'product', 'tariff', 'payment', 'complaint', 'next', 'line'),
  ...plain('proof', 'survey'),
]
