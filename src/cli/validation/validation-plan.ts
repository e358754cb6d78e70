import type { ValidationPlan } from '#backtest/validation/validate.ts';
import { say } from '#link/language.ts';
import { wrongOption } from '../research/research-options.ts';

/** Two years to learn from, half a year to judge, a month between: trading days. */
const walkDefaults = [504, 126, 20] as const;
/** Six parts, a month purged on either side, two weeks of embargo. */
const purgedDefaults = [6, 20, 10] as const;

/**
 * The plan of `--walk-forward`: `rolling`, `anchored` or `purged`, with up to three numbers behind a colon; what is left
 * out keeps its default.
 *
 * @throws {FixConfiguration} `cli.option`
 */
export function validationPlanOf(text: string): ValidationPlan {
  const [, kind, list = ''] = /^(rolling|anchored|purged)(?::(\d{1,5}(?:,\d{1,5}){0,2}))?$/.exec(text) ?? [];
  const given = list === '' ? [] : list.split(',').map(Number);
  const numberAt = (place: 0 | 1 | 2) => given[place] ?? (kind === 'purged' ? purgedDefaults : walkDefaults)[place];
  if (kind === 'rolling' || kind === 'anchored') {
    return { kind, inSampleDays: numberAt(0), outOfSampleDays: numberAt(1), purgeDays: numberAt(2) };
  }
  if (kind === 'purged') return { kind, folds: numberAt(0), purgeDays: numberAt(1), embargoDays: numberAt(2) };
  throw wrongOption(
    '--walk-forward',
    text,
    say('rolling:504,126,20 이나 purged:6,20,10 꼴', 'a plan such as rolling:504,126,20 or purged:6,20,10'),
  );
}
