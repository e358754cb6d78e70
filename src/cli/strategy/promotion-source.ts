import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { neighbourhoodOf } from '#backtest/validation/neighbourhood.ts';
import type { PromotionEvidence } from '#backtest/validation/promotion-gate.ts';
import type { PromotionCheck } from '#backtest/validation/promotion-thresholds.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { say } from '#link/language.ts';

/** What a promotion goes by. Lines are judged anew: their limits may have changed since they were measured. */
export interface PromotionSource {
  readonly parameters: Readonly<Record<string, number>>;
  /** See `shapeOf`; null when the file does not say of what strategy it speaks. */
  readonly shapeSha256: string | null;
  readonly measured: PromotionEvidence;
}

/** A validation of 5,000 combinations over forty years is a tenth of this. */
const fileBytesMax = 33_554_432;

const validation = z.object({
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

/** The result of a search: the best first. */
const search = z.object({
  combinations: z
    .array(
      z.object({
        parameters: z.record(z.string().max(64), z.number()),
        score: z.number(),
        figures: z.array(z.object({ roundTrips: z.number() })),
      }),
    )
    .min(1)
    .max(1_000_000),
});

/**
 * Reads the JSON of `snowball validate --json`, or of `snowball optimise --json`, which shows round trips and neighbours
 * and nothing else of what the gate asks. What a file does not hold was not measured.
 *
 * @throws {FixConfiguration} `strategy.evidence` when it is neither
 */
export function readPromotionSource(file: string): PromotionSource {
  const value = jsonOf(file);
  const validated = validation.safeParse(value);
  if (validated.success) return ofValidation(validated.data);
  const searched = search.safeParse(value);
  if (searched.success) return ofSearch(searched.data);
  throw unreadable(file, validated.error);
}

function ofValidation({ strategy, validation: found }: z.infer<typeof validation>): PromotionSource {
  const values = new Map(found.gate.lines.map(({ id, value }) => [id, value]));
  return {
    parameters: found.optimum.parameters,
    shapeSha256: strategy.shapeSha256,
    measured: evidenceOf((id) => values.get(id) ?? null),
  };
}

function ofSearch({ combinations }: z.infer<typeof search>): PromotionSource {
  const [best] = combinations;
  invariant(best !== undefined, 'the schema wants one combination or more');
  const axes = Object.keys(best.parameters).map((name) => {
    const values = [...new Set(combinations.map(({ parameters }) => parameters[name] ?? NaN))].toSorted(
      (a, b) => a - b,
    );
    return { name, places: new Map(values.map((value, place) => [value, place])) };
  });
  const scores = combinations.map(({ parameters, score }) => ({
    places: axes.map(({ name, places }) => places.get(parameters[name] ?? NaN) ?? -1),
    score,
  }));
  const [first] = scores;
  invariant(first !== undefined, 'one score a combination');
  const near = neighbourhoodOf(scores, first);
  const measured: Partial<PromotionEvidence> = {
    'round-trips': best.figures.reduce((sum, { roundTrips }) => sum + roundTrips, 0),
    'neighbour-stability': near.stability,
    'worst-neighbour': near.worstScore,
  };
  return { parameters: best.parameters, shapeSha256: null, measured: evidenceOf((id) => measured[id] ?? null) };
}

function evidenceOf(measured: (id: PromotionCheck) => number | null): PromotionEvidence {
  return {
    'overfit-probability': measured('overfit-probability'),
    'deflated-sharpe': measured('deflated-sharpe'),
    'round-trips': measured('round-trips'),
    'neighbour-stability': measured('neighbour-stability'),
    'worst-neighbour': measured('worst-neighbour'),
    'walk-forward-folds': measured('walk-forward-folds'),
    'walk-forward-efficiency': measured('walk-forward-efficiency'),
    'winning-folds': measured('winning-folds'),
  };
}

function jsonOf(file: string): unknown {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) throw missing(file);
    if (found.size > fileBytesMax) throw new RangeError(`more than ${fileBytesMax} bytes`);
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof FixConfiguration) throw cause;
    throw unreadable(file, cause);
  }
}

function missing(file: string): FixConfiguration {
  return new FixConfiguration(
    'strategy.evidence',
    say(
      `"${file}" 파일이 없어요. snowball validate … --json ${file} 으로 먼저 만들어 주세요.`,
      `Cannot judge by "${file}": no file is there; make it with snowball validate … --json ${file}.`,
    ),
  );
}

function unreadable(file: string, cause: unknown): FixConfiguration {
  return new FixConfiguration(
    'strategy.evidence',
    say(
      `"${file}"은 시험 결과가 아니에요. snowball validate … --json 으로 만든 파일을 주세요.`,
      `Cannot judge by "${file}": it holds no result, wanted the file of snowball validate … --json.`,
    ),
    { cause },
  );
}
