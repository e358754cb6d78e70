import { candlesticks } from '#indicators/candlesticks.ts';
import { indicators } from '#indicators/catalogue.ts';
import type { IndicatorDefinition } from '#indicators/definition.ts';
import type { ParamSpec } from '#indicators/params.ts';
import { say } from '#link/language.ts';
import { cutText } from '../terminal/text-width.ts';
import { tableLines } from '../terminal/table.ts';

/** Every indicator and pattern for a terminal of 80 columns: names, defaults, and outputs where there is more than one. */
export function indicatorListLines(): readonly string[] {
  return [
    ...tableLines(
      [
        { head: 'id', align: 'left' },
        { head: say('값 (기본) → 출력', 'parameters (defaults) → outputs'), align: 'left' },
      ],
      indicators.map((one) => [one.id, cutText(`${paramsText(one)}${outputsText(one)}`, 64)]),
    ),
    '',
    ...tableLines(
      [
        { head: say('캔들 패턴', 'pattern'), align: 'left' },
        { head: say('이름', 'name'), align: 'left' },
      ],
      candlesticks.map(({ id, name }) => [id, say(name.ko, name.en)]),
    ),
  ];
}

/** The same as data; ranges too. */
export function indicatorListData(): readonly object[] {
  return [
    ...indicators.map(({ id, name, params, outputs, inputs }) => ({
      kind: 'indicator',
      id,
      name,
      params,
      outputs,
      inputs,
    })),
    ...candlesticks.map(({ id, name }) => ({ kind: 'candlestick', id, name })),
  ];
}

function paramsText({ params }: IndicatorDefinition): string {
  return Object.entries(params)
    .map(([name, spec]: readonly [string, ParamSpec]) => `${name}=${spec.default}`)
    .join(',');
}

/** Nothing where there is the plain value alone. */
function outputsText({ outputs }: IndicatorDefinition): string {
  return outputs.join() === 'value' ? '' : ` → ${outputs.join(',')}`;
}
