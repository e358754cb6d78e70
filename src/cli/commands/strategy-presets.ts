import { Command } from 'commander';
import { say } from '#link/language.ts';
import { presets, type RulePreset } from '#strategy/rules/presets/presets.ts';
import { printJson } from '../terminal/json.ts';
import { tableLines } from '../terminal/table.ts';

/** `snowball strategy presets`: the ready-made rules, what may be set of each, and under which ids others know them. */
export function strategyPresetsCommand(): Command {
  return new Command('presets')
    .description(say('바로 쓸 수 있는 규칙 전략을 보여 줘요.', 'Rules that are ready to run, and their settings.'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(({ json = false }: { readonly json?: boolean }) => {
      if (json)
        printJson(presets.map(({ id, otherIds, name, program }) => ({ id, otherIds, name, params: program.params })));
      else process.stdout.write(`${[...table(), '', ...hint()].join('\n')}\n`);
    });
}

function table(): readonly string[] {
  return tableLines(
    [
      { head: 'preset:', align: 'left' },
      { head: say('이름', 'name'), align: 'left' },
      { head: '--set', align: 'left' },
    ],
    presets.map((one) => [one.id, say(one.name.ko, one.name.en), settingsOf(one)]),
  );
}

function settingsOf({ program }: RulePreset): string {
  return Object.entries(program.params)
    .map(([name, { default: value }]) => `${name}=${value}`)
    .join(' ');
}

function hint(): readonly string[] {
  return [
    say(
      '규칙은 "snowball strategy show preset:momentum"으로 볼 수 있어요.',
      'What one does: snowball strategy show preset:momentum',
    ),
    '  snowball backtest preset:sma_crossover --symbols 005930 --set slow=30',
  ];
}
