import { z } from 'zod';

const number = z.number().nullable();
const line = z.strictObject({
  // Any name: a gate of another version may have had other lines.
  id: z.string().min(1).max(64),
  relation: z.enum(['at-most', 'at-least']),
  value: number,
  limit: z.number(),
  passed: z.boolean(),
});

const decision = z.strictObject({
  /** Name of the strategy's file in the same folder. */
  file: z.string().min(1).max(255),
  /** Of the file's bytes, lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it was judged, ISO 8601. */
  at: z.iso.datetime(),
  /** `allowed-with-reason`: lines failed and a person took it on themselves. */
  verdict: z.enum(['allowed', 'allowed-with-reason', 'refused']),
  /** What the person said; empty unless the verdict asks for it. */
  reason: z.string().max(500),
  parameters: z.record(z.string().max(64), z.number()),
  lines: z.array(line).min(1).max(50),
});

const file = z.strictObject({ format: z.literal(1), decisions: z.array(decision).max(200) });

/** One judgement of the gate, as it stands in `promotion.json`. */
export type PromotionDecision = z.infer<typeof decision>;

/** Decisions kept in one file; the oldest go first. */
const decisionsMax = 200;

/** Name of the file beside the strategies that it speaks of. */
export const promotionFileName = 'promotion.json';

/**
 * Reads the text of a `promotion.json`, oldest decision first.
 *
 * A verdict that its own lines contradict makes the whole file unreadable: a refusal turned into a pass by hand is none.
 */
export function readPromotions(
  text: string,
): { readonly kind: 'read'; readonly decisions: readonly PromotionDecision[] } | { readonly kind: 'unreadable' } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  const checked = file.safeParse(value);
  if (!checked.success || !checked.data.decisions.every(holdsTogether)) return { kind: 'unreadable' };
  return { kind: 'read', decisions: checked.data.decisions };
}

function holdsTogether({ verdict, reason, lines }: PromotionDecision): boolean {
  const passed = lines.every((one) => one.passed);
  const isReasoned = reason.trim() !== '';
  if (verdict === 'allowed') return passed;
  return verdict === 'allowed-with-reason' ? isReasoned && !passed : !passed;
}

/** The text of the file with one more decision at its end. */
export function withPromotion(decisions: readonly PromotionDecision[], added: PromotionDecision): string {
  return `${JSON.stringify({ format: 1, decisions: [...decisions, added].slice(-decisionsMax) }, null, 2)}\n`;
}

/** May a strategy of this file and content be started in paper? */
export type PaperAdmission =
  | { readonly kind: 'free'; readonly why: 'never-judged' | 'allowed' | 'reasoned' }
  | { readonly kind: 'refused'; readonly decision: PromotionDecision }
  /** Judged, but with another content than the file has now. */
  | { readonly kind: 'changed'; readonly decision: PromotionDecision };

/**
 * What the decisions say of a file as it is now.
 *
 * The last decision on this content counts. A file that was judged with another content only is not admitted, because
 * nobody knows what the change did; a content that was refused is refused under any name. One that was never judged is
 * free: it need not come from a search at all.
 */
export function admissionOf(decisions: readonly PromotionDecision[], name: string, sha256: string): PaperAdmission {
  const own = decisions.findLast((one) => one.sha256 === sha256);
  if (own !== undefined) {
    if (own.verdict === 'refused') return { kind: 'refused', decision: own };
    return { kind: 'free', why: own.verdict === 'allowed' ? 'allowed' : 'reasoned' };
  }
  const before = decisions.findLast((one) => one.file === name);
  return before === undefined ? { kind: 'free', why: 'never-judged' } : { kind: 'changed', decision: before };
}
