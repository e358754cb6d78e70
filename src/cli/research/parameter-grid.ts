import type { GridAxis } from '#backtest/validation/heat-map.ts';
import type { Trial } from '#backtest/validation/trial.ts';
import type { DeclaredParam } from '#link/code-backtest.ts';
import { say } from '#link/language.ts';
import { wrongOption } from './research-options.ts';

const combinationsMax = 1_000_000;
const valuesMax = 10_000;

/**
 * The axes of repeated `--grid` options: `ma_short=3..20`, `ma_long=20..120:5` (step 5, 1 when left out; the last value
 * at most the end), `bb_std=1.5,2,2.5`, or `lookback` alone for the whole range that the strategy declares.
 *
 * @param declared ranges of the strategy's own
 * @throws {FixConfiguration} `cli.option` for what cannot be read, a name that comes twice, a name alone that has no range,
 *   or too many values
 */
export function gridAxesOf(
  texts: readonly string[],
  declared: Readonly<Record<string, DeclaredParam>> = {},
): readonly GridAxis[] {
  const axes: GridAxis[] = [];
  for (const written of texts) {
    const text = /^[A-Za-z_]\w{0,63}$/.test(written.trim()) ? declaredRange(written.trim(), declared) : written;
    const [, name, list] = /^([A-Za-z_][A-Za-z0-9_]{0,63})=(.+)$/.exec(text.trim()) ?? [];
    const values = list === undefined ? null : valuesOf(list);
    if (name === undefined || values === null) throw unreadable(text);
    if (axes.some((axis) => axis.name === name)) throw twice(text);
    axes.push({ name, values });
  }
  const combinations = axes.reduce((count, { values }) => count * values.length, 1);
  if (combinations <= combinationsMax) return axes;
  throw tooMany(combinations);
}

/** `lookback` as `lookback=20..240:1`. */
function declaredRange(name: string, declared: Readonly<Record<string, DeclaredParam>>): string {
  const param = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (param !== undefined && typeof param !== 'number') {
    const step = param.kind === 'whole' ? (param.multipleOf ?? 1) : param.step;
    return `${name}=${param.min}..${param.max}:${step}`;
  }
  throw wrongOption(
    '--grid',
    name,
    say(
      `전략에 ${name}의 범위가 없으니 ${name}=처음..끝:간격`,
      `${name}=first..last:step, because the strategy states no range of it`,
    ),
  );
}

/**
 * Every combination, the first axis turning slowest.
 *
 * @param fixed parameters that are the same in all of them
 * @throws {FixConfiguration} `cli.option` for a name that is both
 */
export function gridTrials(axes: readonly GridAxis[], fixed: Readonly<Record<string, number>> = {}): readonly Trial[] {
  const both = axes.find(({ name }) => Object.hasOwn(fixed, name));
  if (both !== undefined) throw sweptAndFixed(both.name, fixed[both.name]);
  let trials: readonly Trial[] = [{ parameters: fixed, places: [] }];
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

function sweptAndFixed(name: string, value: number | undefined): Error {
  return wrongOption(
    '--set',
    `${name}=${value}`,
    say('--grid에 없는 설정 하나', 'a setting that no --grid changes; leave one of the two out'),
  );
}

function unreadable(text: string): Error {
  return wrongOption(
    '--grid',
    text,
    say(
      `ma_short=3..20, ma_long=20..120:5, bb_std=1.5,2 꼴(작은 값부터, 한 이름에 ${valuesMax.toLocaleString('en-US')}개 이하)`,
      `ma_short=3..20, ma_long=20..120:5 or bb_std=1.5,2, the least value first, at most ${valuesMax.toLocaleString('en-US')} of a name`,
    ),
  );
}

function twice(text: string): Error {
  return wrongOption('--grid', text, say('이름마다 한 번만', 'each name once'));
}

function tooMany(combinations: number): Error {
  const found = say(
    `조합 ${combinations.toLocaleString('en-US')}가지`,
    `${combinations.toLocaleString('en-US')} combinations`,
  );
  return wrongOption('--grid', found, say('백만 가지 이하', 'a million at most; widen the steps, or leave a name out'));
}
