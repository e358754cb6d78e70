import { resolve } from 'node:path';
import { Command } from 'commander';
import { invariant } from '#domain/invariant.ts';
import { say } from '#link/language.ts';
import { replayDay, type StrategyNews } from '../journal/day-replay.ts';
import { chosenEnvironment, configFile, modeFolder } from '../house/home.ts';
import { replayLines } from '../journal/replay-lines.ts';
import { dayOf } from '../research/research-options.ts';
import { printJson } from '../terminal/json.ts';

interface Options {
  readonly strategy?: string;
  readonly config: string;
  readonly json?: boolean;
}

/** `snowball replay <day>`: decides a recorded day anew and compares the decision logs; ends with 1 when anything differs. */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      say(
        '기록한 하루를 다시 결정해 보고 같은지 확인해요.',
        'Decide a recorded day anew and compare it, byte for byte.',
      ),
    )
    .argument('<day>', say('2026-11-20처럼 적은 거래일', 'trading day, such as 2026-11-20'))
    .option(
      '--strategy <name>',
      say('전략 하나만 (없으면 그날 돈 전략 모두)', 'one strategy (default: all of that day)'),
    )
    .option('--config <file>', say('그날의 설정 파일', 'configuration file of that day'), configFile)
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action((day: string, options: Options) => replay(day, options));
}

async function replay(day: string, { strategy, config, json = false }: Options): Promise<void> {
  const date = dayOf('<day>', day);
  invariant(date !== null, 'the argument is required');
  const home = resolve(modeFolder(chosenEnvironment()));
  const told: StrategyNews[] = [];
  await replayDay({ home, config: resolve(config), date, strategy: strategy ?? null }, (news) => {
    told.push(news);
    if (!json) process.stdout.write(replayLines(news));
  });
  if (json) printJson(told);
  if (!json && told.length === 0) {
    process.stdout.write(`${say(`${day}에 기록한 전략이 없어요.`, `No strategy was recorded on ${day}.`)}\n`);
  }
  if (told.length === 0 || !told.every(isSame)) process.exitCode = 1;
}

function isSame(news: StrategyNews): boolean {
  return news.kind === 'strategy' && news.difference === null && news.otherOrders.length === 0;
}
