import type { GridAxis } from '#backtest/validation/heat-map.ts';
import type { Trial } from '#backtest/validation/trial.ts';
import { say } from '#link/language.ts';
import { wrongOption } from './research-options.ts';

const combinationsMax = 1_000_000;
const valuesMax = 10_000;

/**
 * The axes of repeated `--grid` options: `ma_short=3..20`, `ma_long=20..120:5` (step 5, 1 when left out; the last value
 * at most the end) or `bb_std=1.5,2,2.5`.
 *
 * @throws {FixConfiguration} `cli.option` for what cannot be read, a name that comes twice, or too many values
 */
export function gridAxesOf(texts: readonly string[]): readonly GridAxis[] {
  const axes: GridAxis[] = [];
  for (const text of texts) {
    const [, name, list] = /^([A-Za-z_][A-Za-z0-9_]{0,63})=(.+)$/.exec(text.trim()) ?? [];
    const values = list === undefined ? null : valuesOf(list);
    if (name === undefined || values === null || axes.some((axis) => axis.name === name)) throw unreadable(text);
    axes.push({ name, values });
  }
  const combinations = axes.reduce((count, { values }) => count * values.length, 1);
  if (combinations <= combinationsMax) return axes;
  throw unreadable(`${combinations} combinations`);
}

/** Every combination, the first axis turning slowest. */
export function gridTrials(axes: readonly GridAxis[]): readonly Trial[] {
  let trials: readonly Trial[] = [{ parameters: {}, places: [] }];
  for (const { name, values } of axes) {
    trials = trials.flatMap((trial) =>
      values.map((value, place) => ({
        parameters: { ...trial.parameters, [name]: value },
        places: [...trial.places, place],
      })),
    );
  }
  return trials;
}

const number = /^-?\d+(?:\.\d{1,9})?$/;

function valuesOf(list: string): readonly number[] | null {
  const range = /^(-?[\d.]+?)\.\.(-?[\d.]+?)(?::([\d.]+))?$/.exec(list);
  if (range !== null) return rangeOf(range[1] ?? '', range[2] ?? '', range[3] ?? '1');
  const words = list.split(',').map((word) => word.trim());
  const values = words.map(Number);
  const isGood = words.every((word) => number.test(word)) && new Set(values).size === values.length;
  return isGood && values.length <= valuesMax ? values : null;
}

function rangeOf(...texts: readonly [string, string, string]): readonly number[] | null {
  if (!texts.every((text) => number.test(text))) return null;
  const [from, to, step] = texts.map(Number);
  if (from === undefined || to === undefined || step === undefined || !(step > 0) || to < from) return null;
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > valuesMax) return null;
  // Rounded to nine decimals, or 0.1 + 0.2 would be another value than the 0.3 of the file.
  return Array.from({ length: count }, (_, place) => Number((from + place * step).toFixed(9)));
}

function unreadable(text: string): Error {
  return wrongOption(
    '--grid',
    text,
    say(
      'ma_short=3..20, ma_long=20..120:5, bb_std=1.5,2 꼴(이름마다 한 번, 모두 백만 가지 이하)',
      'ma_short=3..20, ma_long=20..120:5 or bb_std=1.5,2, each name once and a million combinations at most',
    ),
  );
}
