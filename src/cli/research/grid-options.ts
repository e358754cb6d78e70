import type { Command } from 'commander';
import type { GridAxis } from '#backtest/validation/heat-map.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { wrongName } from '../terminal/wrong-name.ts';
import { gridAxesOf } from './parameter-grid.ts';
import { collect, wrongOption } from './research-options.ts';
import type { ResearchStrategy } from './research-strategy.ts';

/** Which values a search tries, and which stay the same. */
export function addGridOptions(command: Command): Command {
  return command
    .option(
      '--grid <name=values>',
      say('바꿔 볼 값, ma_short=3..20:1 꼴, 여러 번', 'values to try, such as ma_short=3..20:1; repeatable'),
      collect,
      [],
    )
    .option(
      '--set <key=value>',
      say('모든 조합에서 같은 값, 여러 번', 'a setting that is the same in all; repeatable'),
      collect,
      [],
    );
}

/**
 * The axes of `--grid`, one or more, each a parameter of the strategy.
 *
 * @throws {FixConfiguration} `cli.option`, also what `gridAxesOf` throws
 */
export function readGrid(
  texts: readonly string[],
  { subject, parameters, declared }: Pick<ResearchStrategy, 'subject' | 'parameters' | 'declared'>,
): readonly GridAxis[] {
  if (texts.length === 0) {
    throw wrongOption('--grid', '', say('ma_short=3..20 꼴로 하나 이상', 'at least one such as ma_short=3..20'));
  }
  const axes = gridAxesOf(texts, declared);
  const wrong = axes.find(({ name }) => !parameters.has(name));
  if (wrong === undefined) return axes;
  if (subject.kind === 'code' && parameters.size === 0) throw notTunable(subject.name);
  throw wrongName('--grid', wrong.name, [...parameters.keys()]);
}

function notTunable(name: string): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(
      `"${name}" 전략에는 바꿔 볼 값이 없어요. 파일의 strategy를 tunable({ params, make })로 만들어 주세요. (docs/strategies/guide.ko.md)`,
      `Cannot search "${name}": its file declares no parameters, wanted "strategy" made by tunable({ params, make }); see docs/strategies/guide.md.`,
    ),
  );
}
