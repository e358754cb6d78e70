import { resolve } from 'node:path';
import { Command } from 'commander';
import { dayText } from '#backtest/report/report-numbers.ts';
import { say } from '#link/language.ts';
import { readActionsCsv } from '#store/csv/actions-csv.ts';
import { countingActions, type ActionsAsOf, type RecordedAction } from '#store/corporate-action.ts';
import { dayOf, wrongOption } from '../research/research-options.ts';
import { isListingCode, noStoredBars, withBarStore, withStoredBars } from '../bars/stored-bars.ts';
import { printJson } from '../terminal/json.ts';
import { numberText } from '../terminal/numbers.ts';
import { tableLines } from '../terminal/table.ts';

export interface AsOfOptions {
  readonly adjustments?: string;
  readonly knownBy?: string;
}

interface Options extends AsOfOptions {
  readonly json?: boolean;
}

const json = ['--json', say('JSON으로 출력', 'print JSON')] as const;

/** `snowball data adjust import|list`: splits and dividends, from which adjusted prices are computed on reading. */
export function adjustCommand(): Command {
  const adjust = new Command('adjust').description(
    say(
      '분할과 배당을 기록해요. 저장한 가격은 그대로 둬요.',
      'Record splits and dividends; stored prices stay as they are.',
    ),
  );
  adjust
    .command('import')
    .description(say('분할·배당 CSV를 새 버전으로 기록해요.', 'Record splits and dividends from CSV as a new version.'))
    .argument('<csv>', 'code,from,kind,known_on,before,after,dividend,withdrawn')
    .option(...json)
    .action((path: string, options: Options) => importActions(path, options));
  const list = adjust
    .command('list')
    .description(say('효력 있는 분할·배당을 보여줘요.', 'Show the splits and dividends that count.'))
    .argument('[symbol]', say('여섯 자리 종목코드', 'six-character listing code'));
  addAsOf(list)
    .option(...json)
    .action((symbol: string | undefined, options: Options) => listActions(symbol, options));
  return adjust;
}

/** `--adjustments <version>` and `--known-by <day>`. */
export function addAsOf(command: Command): Command {
  return command
    .option(
      '--adjustments <version>',
      say('이 버전까지의 기록만 (예전 결과를 되풀이할 때)', 'records up to this version only, to repeat an old result'),
    )
    .option('--known-by <day>', say('이날까지 알려진 것만', 'only what was known by this day'));
}

/** @throws {FixConfiguration} `cli.option` */
export function asOfOf({ adjustments, knownBy }: AsOfOptions): ActionsAsOf {
  if (adjustments !== undefined && !/^\d{1,9}$/.test(adjustments)) {
    throw wrongOption('--adjustments', adjustments, say('0 이상의 버전 번호', 'a version, 0 or more'));
  }
  const day = dayOf('--known-by', knownBy);
  return {
    ...(adjustments === undefined ? {} : { version: Number(adjustments) }),
    ...(day === null ? {} : { knownBy: day }),
  };
}

function importActions(path: string, options: Options): void {
  const actions = readActionsCsv(path);
  const version = withBarStore((store) => store.recordActions(actions, { source: resolve(path) }));
  if (options.json === true) {
    printJson({ version, recorded: actions.length });
    return;
  }
  const told = say(
    `${numberText(actions.length)}건을 버전 ${version}으로 기록했어요. 저장한 가격은 그대로예요.`,
    `${numberText(actions.length)} recorded as version ${version}; stored prices are as they were.`,
  );
  process.stdout.write(`${told}\n`);
}

function listActions(symbol: string | undefined, options: Options): void {
  if (symbol !== undefined && !isListingCode(symbol)) throw noStoredBars(symbol);
  const asOf = asOfOf(options);
  const counting = withStoredBars((store) => countingActions(store.actions(symbol), asOf)) ?? [];
  if (options.json === true) {
    printJson(counting);
    return;
  }
  if (counting.length === 0) {
    process.stdout.write(`${say('기록한 분할이나 배당이 없어요.', 'No split or dividend counts.')}\n`);
    return;
  }
  const lines = tableLines(
    [
      { head: say('코드', 'code'), align: 'left' },
      { head: say('적용일', 'from'), align: 'left' },
      { head: say('내용', 'what'), align: 'left' },
      { head: say('알려진 날', 'known on'), align: 'left' },
      { head: say('버전', 'version'), align: 'right' },
    ],
    counting.map((action) => [
      action.symbol,
      dayText(action.from, true),
      actionText(action),
      dayText(action.knownOn, true),
      String(action.version),
    ]),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function actionText({ kind, sharesBefore, sharesAfter, dividend }: RecordedAction): string {
  if (kind === 'dividend')
    return say(`배당 주당 ${numberText(dividend)}원`, `dividend of ${numberText(dividend)} won a share`);
  const [before, after] = [numberText(sharesBefore), numberText(sharesAfter)];
  return say(`주식 ${before} → ${after}`, `shares ${before} → ${after}`);
}
