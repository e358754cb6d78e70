import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { PromotionEvidence } from '#backtest/validation/promotion-gate.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';

/** What a promotion takes from a validation. The lines are judged anew: their limits may have changed since. */
export interface ValidationEvidence {
  readonly parameters: Readonly<Record<string, number>>;
  /** See `shapeOf`. */
  readonly shapeSha256: string;
  readonly measured: PromotionEvidence;
}

/** A validation of 5,000 combinations over forty years is a tenth of this. */
const fileBytesMax = 33_554_432;

const schema = z.object({
  format: z.literal(1),
  kind: z.literal('validation'),
  strategy: z.object({ shapeSha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  validation: z.object({
    optimum: z.object({ parameters: z.record(z.string().max(64), z.number()) }),
    gate: z.object({
      lines: z.array(z.object({ id: z.string().max(64), value: z.number().nullable() })).max(50),
    }),
  }),
});

/**
 * Reads the JSON of `snowball validate --json`. What it does not hold was not measured.
 *
 * @throws {FixConfiguration} `strategy.evidence` when it is no such file
 */
export function readValidationEvidence(file: string): ValidationEvidence {
  const { strategy, validation } = read(file);
  const values = new Map(validation.gate.lines.map(({ id, value }) => [id, value]));
  const measured = (id: keyof PromotionEvidence) => values.get(id) ?? null;
  return {
    parameters: validation.optimum.parameters,
    shapeSha256: strategy.shapeSha256,
    measured: {
      'overfit-probability': measured('overfit-probability'),
      'deflated-sharpe': measured('deflated-sharpe'),
      'round-trips': measured('round-trips'),
      'neighbour-stability': measured('neighbour-stability'),
      'worst-neighbour': measured('worst-neighbour'),
      'walk-forward-folds': measured('walk-forward-folds'),
      'walk-forward-efficiency': measured('walk-forward-efficiency'),
      'winning-folds': measured('winning-folds'),
    },
  };
}

function read(file: string): z.infer<typeof schema> {
  try {
    if (statSync(file).size > fileBytesMax) throw new RangeError(`more than ${fileBytesMax} bytes`);
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new FixConfiguration(
      'strategy.evidence',
      say(
        `"${file}"은 시험 결과가 아니에요. snowball validate … --json 으로 만든 파일을 주세요. snowball optimise의 결과만으로는 판정할 수 없어요.`,
        `Cannot judge by "${file}": it is no validation, wanted the file of snowball validate … --json; a result of snowball optimise alone proves nothing.`,
      ),
      { cause },
    );
  }
}
