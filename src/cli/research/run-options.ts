import type { Command } from 'commander';
import { say } from '#link/language.ts';

/** What every run over past bars is told: the strategy, the bars and days, the account and its limits. */
export function addRunOptions(command: Command, startingCash: string): Command {
  return command
    .argument(
      '<strategy>',
      say(
        '전략 폴더(trading_config.yaml이나 strategy.ts), .kis.yaml이나 .ts 파일, preset:이름, recipe:이름',
        'folder with trading_config.yaml or strategy.ts, a .kis.yaml or .ts file, preset:NAME or recipe:NAME',
      ),
    )
    .option(
      '--bars <path>',
      say('봉 CSV·Parquet 파일이나 폴더 (없으면 저장소)', 'CSV or Parquet file, or a folder (default: the store)'),
    )
    .option('--symbols <codes>', say('쉼표로 나눈 종목코드 (없으면 target_stocks.txt)', 'comma-separated codes'))
    .option('--from <day>', say('첫날, 2010-01-04 꼴', 'first day, such as 2010-01-04'))
    .option('--to <day>', say('마지막 날', 'last day'))
    .option('--cash <won>', startingCash, '10000000')
    .option(
      '--profile <name>',
      say('안전 한도: starter, standard', 'limits of the guard: starter, standard'),
      'starter',
    );
}
