import type { IndicatorColumns } from '#indicators/definition.ts';
import { finding, type FindingTexts, type RuleFinding } from '../finding.ts';
import { numberText } from '../operand-text.ts';
import type { RuleProgram } from '../program.ts';
import { resolveProgram, type ResolvedRules } from '../resolve-program.ts';
import { RuleReasons } from '../rule-reasons.ts';
import { RunningRules } from '../running-rules.ts';

/** What a program did on given bars. Rows are counted from 0. */
export interface BarEvidence {
  readonly bars: number;
  /** Bars on which the entry rules held, the exit rules, and both. */
  readonly entries: number;
  readonly exits: number;
  readonly both: number;
  /** Where the entry came closest to holding; null when it held, or no bar had every number. */
  readonly nearest: NearestMiss | null;
  /** The same of the exit; null as well where no rule says when to sell. */
  readonly nearestExit: NearestMiss | null;
}

export interface NearestMiss {
  readonly row: number;
  /** Comparisons that held there, of so many. */
  readonly held: number;
  readonly of: number;
  /** The rule that was missing, of several the one that was furthest away. */
  readonly missing: FindingTexts;
  /** Its two values; of a candlestick pattern its sign and 0. */
  readonly left: number;
  readonly right: number;
}

/**
 * Runs the rules over bars, without positions, and sees how often each side held.
 *
 * @param bars only those on which somebody traded
 * @throws {RangeError} a program that cannot be resolved
 */
export function seeBars(program: RuleProgram, bars: IndicatorColumns): BarEvidence {
  const resolved = resolveProgram(program);
  if (resolved.kind === 'problem') throw new RangeError(`Cannot run the rules: ${resolved.problem.found}`);
  const { rules } = resolved;
  const running = new RunningRules(rules);
  const counts = { entries: 0, exits: 0, both: 0 };
  let nearest: NearestMiss | null = null;
  let nearestExit: NearestMiss | null = null;
  const reasons = new RuleReasons(rules, program);
  for (let row = 0; row < bars.close.length; row += 1) {
    running.next(barAt(bars, row));
    counts.entries += Number(running.entry);
    counts.exits += Number(running.exit);
    counts.both += Number(running.entry && running.exit);
    if (counts.entries === 0) nearest = nearer(nearest, missAt(row, 'entry', running, reasons));
    if (counts.exits === 0) nearestExit = nearer(nearestExit, missAt(row, 'exit', running, reasons));
  }
  return {
    bars: bars.close.length,
    ...counts,
    nearest: counts.entries === 0 ? nearest : null,
    nearestExit: counts.exits === 0 ? nearestExit : null,
  };
}

/** The evidence as findings: what never happened on these bars, and what happened always at once. */
export function lintBars(
  evidence: BarEvidence,
  { rules, dayOf }: { readonly rules: ResolvedRules; readonly dayOf: (row: number) => string },
): readonly RuleFinding[] {
  const { bars, entries, exits, both, nearest, nearestExit } = evidence;
  const found: RuleFinding[] = [];
  if (entries === 0) {
    const { ko, en } = nearestTexts(nearest, dayOf);
    found.push(
      finding('warning', 'seen', 'strategy.entry', {
        ko: `봉 ${bars}개에서 사는 조건이 한 번도 맞지 않았어요.${ko}`,
        en: `In ${bars} bars the entry was never true.${en}`,
      }),
    );
  }
  if (exits === 0 && rules.exit.rules.length > 0) {
    const { ko, en } = nearestTexts(nearestExit, dayOf);
    found.push(
      finding('warning', 'seen', 'strategy.exit', {
        ko: `봉 ${bars}개에서 파는 조건이 한 번도 맞지 않았어요.${ko}`,
        en: `In ${bars} bars the exit was never true.${en}`,
      }),
    );
  }
  if (both > 0) {
    found.push(
      finding('warning', 'L8', 'strategy.exit', {
        ko: `사는 조건과 파는 조건이 같은 봉에서 ${both}번 함께 맞았어요.`,
        en: `Entry and exit were true on the same bar ${both} times.`,
      }),
    );
  }
  return found;
}

function nearestTexts(nearest: NearestMiss | null, dayOf: (row: number) => string): FindingTexts {
  if (nearest === null) return { ko: '', en: '' };
  const { row, of, held, missing, left, right } = nearest;
  const [day, from, to] = [dayOf(row), numberText(left), numberText(right)];
  // A pattern that is not there has no distance to tell.
  const values =
    from === to ? { ko: '', en: '' } : { ko: ` (그날 값은 ${from}, 견준 값은 ${to})`, en: ` (${from} against ${to})` };
  return {
    ko: ` 가장 가까웠던 날(${day})에는 조건 ${of}개 가운데 ${held}개가 맞았고, "${missing.ko}"이 모자랐어요${values.ko}.`,
    en: ` It came closest on ${day}: ${held} of ${of} comparisons held, and "${missing.en}" was missing${values.en}.`,
  };
}

function missAt(row: number, side: 'entry' | 'exit', running: RunningRules, reasons: RuleReasons): NearestMiss | null {
  const compared = running.compared(side);
  const missing = compared.filter(({ isTrue }) => !isTrue);
  const worst = missing.reduce<(typeof missing)[number] | null>(
    (most, one) => (most === null || distance(one) > distance(most) ? one : most),
    null,
  );
  if (worst === null || compared.some(({ left, right }) => Number.isNaN(left) || Number.isNaN(right))) return null;
  const { left, right } = worst;
  return {
    row,
    held: compared.length - missing.length,
    of: compared.length,
    left,
    right,
    missing: reasons.names(worst.comparison),
  };
}

/** More comparisons that hold come first, then the smaller relative distance of what is missing. */
function nearer(best: NearestMiss | null, candidate: NearestMiss | null): NearestMiss | null {
  if (candidate === null) return best;
  if (best === null || candidate.held > best.held) return candidate;
  return candidate.held === best.held && distance(candidate) < distance(best) ? candidate : best;
}

function distance({ left, right }: { readonly left: number; readonly right: number }): number {
  return Math.abs(left - right) / Math.max(Math.abs(left), Math.abs(right), Number.MIN_VALUE);
}

function barAt({ open, high, low, close, volume, benchmark }: IndicatorColumns, row: number) {
  const at = (column: Float64Array | undefined): number => column?.[row] ?? NaN;
  return {
    open: at(open),
    high: at(high),
    low: at(low),
    close: at(close),
    volume: at(volume),
    benchmark: at(benchmark),
  };
}
