import { Command, Option } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { hasErrors, type RuleFinding } from '#strategy/rules/finding.ts';
import { writeKisYaml, type WrittenDialect } from '#strategy/rules/kis-yaml/write-kis-yaml.ts';
import type { RuleDialect, RuleProgram, RuleRisk } from '#strategy/rules/program.ts';
import { sideSentence } from '#strategy/rules/rule-sentence.ts';
import { loadBars } from '../bars/backtest-bars.ts';
import { symbolsOf } from '../research/research-options.ts';
import { findingLines, lintOver } from '../strategy/rules-findings.ts';
import { readRulesFile, rulesNamed } from '../strategy/rules-source.ts';
import { printJson } from '../terminal/json.ts';
import { tableLines } from '../terminal/table.ts';
import { writeResultFile } from '../terminal/write-file.ts';

interface Options {
  readonly dialect?: RuleDialect;
  readonly bars?: string;
  readonly symbols?: string;
  readonly json?: boolean;
}

interface ExportOptions {
  readonly dialect: WrittenDialect;
  readonly out?: string;
}

const file = ['<file>', say('.kis.yaml 파일이나 preset:이름', 'a .kis.yaml file or preset:NAME')] as const;
const json = ['--json', say('JSON으로 출력', 'print JSON')] as const;

function readAs(): Option {
  const text = say(
    '애매한 곳을 B(백테스터)나 S(전략 빌더)처럼 읽어요',
    'read doubtful places as B (backtester) or S (builder) does',
  );
  return new Option('--dialect <name>', text).choices(['b', 's']);
}

/** `snowball strategy lint`: what is wrong or doubtful, by proof and, with bars, by looking. */
export function strategyLintCommand(): Command {
  return new Command('lint')
    .description(
      say('전략 파일에서 틀리거나 애매한 곳을 찾아요.', 'Find what is wrong or doubtful in a strategy file.'),
    )
    .argument(...file)
    .addOption(readAs())
    .option(
      '--bars <path>',
      say('일봉 CSV·Parquet 파일이나 폴더 (없으면 저장소)', 'CSV or Parquet file, or a folder (default: the store)'),
    )
    .option(
      '--symbols <codes>',
      say('이 종목의 일봉에서 조건을 세어 봐요', 'count the rules on the bars of these codes'),
    )
    .option(...json)
    .action((argument: string, options: Options) => lint(argument, options));
}

/** `snowball strategy show`: what a strategy does, in sentences. */
export function strategyShowCommand(): Command {
  return new Command('show')
    .description(say('전략이 무엇을 하는지 말로 보여줘요.', 'Say in words what a strategy does.'))
    .argument(...file)
    .addOption(readAs())
    .option(...json)
    .action((argument: string, options: Options) => show(argument, options));
}

/** `snowball strategy import`: a file of either dialect in our own form, doubts told. */
export function strategyImportCommand(): Command {
  return new Command('import')
    .description(
      say(
        '다른 프로그램의 전략 파일을 읽어 스노우볼 꼴로 바꿔요.',
        "Read another program's strategy file into Snowball's form.",
      ),
    )
    .argument(...file)
    .addOption(readAs())
    .option('--out <file>', say('저장할 파일 (없으면 화면)', 'file to write (default: standard output)'))
    .action((argument: string, options: Options & { readonly out?: string }) => {
      const { program, findings } = rulesNamed(argument, options.dialect);
      process.stderr.write(`${[...findingLines(argument, findings), ...sentences(program)].join('\n')}\n`);
      hand(program, { dialect: 'snowball', ...(options.out === undefined ? {} : { out: options.out }) });
    });
}

/** `snowball strategy export`: a file for another program, or the reason why there can be none. */
export function strategyExportCommand(): Command {
  const dialect = new Option('--dialect <name>', say('쓸 꼴', 'dialect to write'))
    .choices(['b', 's', 'snowball'])
    .default('b');
  return new Command('export')
    .description(say('전략을 다른 프로그램이 읽는 파일로 써요.', 'Write a strategy as a file for another program.'))
    .argument(...file)
    .addOption(dialect)
    .option('--out <file>', say('저장할 파일 (없으면 화면)', 'file to write (default: standard output)'))
    .action((argument: string, options: ExportOptions) => hand(rulesNamed(argument).program, options));
}

async function lint(argument: string, options: Options): Promise<void> {
  const read = argument.startsWith('preset:') ? presetRead(argument) : readRulesFile(argument, options.dialect);
  const symbols = symbolsOf(options.symbols) ?? [];
  const series = symbols.length === 0 || read.kind === 'refused' ? [] : (await loadBars(symbols, options.bars)).series;
  const linted = read.kind === 'refused' ? { findings: [], seen: [] } : lintOver(read.program, series);
  const findings = [...read.findings, ...linted.findings];
  if (hasErrors(findings)) process.exitCode = 1;
  if (options.json === true) {
    printJson({ findings, seen: linted.seen });
    return;
  }
  const lines = [
    ...(read.kind === 'refused' ? [] : sentences(read.program)),
    ...findingLines(argument, findings),
    ...linted.seen.map(({ symbol, evidence: { bars, entries, exits } }) =>
      say(
        `${symbol}: 봉 ${bars}개에서 사는 조건 ${entries}번, 파는 조건 ${exits}번.`,
        `${symbol}: in ${bars} bars ${entries} entries and ${exits} exits.`,
      ),
    ),
  ];
  if (findings.length === 0) lines.push(say('고칠 곳을 찾지 못했어요.', 'Nothing to mend was found.'));
  process.stdout.write(`${lines.join('\n')}\n`);
}

function presetRead(argument: string): { kind: 'program'; program: RuleProgram; findings: readonly RuleFinding[] } {
  return { kind: 'program', ...rulesNamed(argument) };
}

function show(argument: string, options: Options): void {
  const { program } = rulesNamed(argument, options.dialect);
  if (options.json === true) {
    printJson(program);
    return;
  }
  const { metadata, params } = program;
  const rows = Object.entries(params).map(([name, { default: standard, min, max, description }]) => [
    name,
    String(standard),
    min === null && max === null ? '' : `${min ?? ''}–${max ?? ''}`,
    description,
  ]);
  const table = tableLines(
    [
      { head: say('변수', 'parameter'), align: 'left' },
      { head: say('값', 'value'), align: 'right' },
      { head: say('범위', 'range'), align: 'left' },
      { head: say('설명', 'meaning'), align: 'left' },
    ],
    rows,
  );
  const lines = [`${metadata.name} (${metadata.id})`, ...sentences(program), ...(rows.length === 0 ? [] : table)];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function sentences(program: RuleProgram): readonly string[] {
  const language = terminalLanguage();
  const [entry, exit] = [sideSentence('entry', program, language), sideSentence('exit', program, language)];
  return [entry, exit, ...riskSentences(program.risk)];
}

function riskSentences({ stopLossBps, takeProfitBps, trailingStopBps }: RuleRisk): readonly string[] {
  const parts = [
    stopLossBps === null ? null : say(`손절 ${stopLossBps / 100}%`, `stop ${stopLossBps / 100} %`),
    takeProfitBps === null ? null : say(`익절 ${takeProfitBps / 100}%`, `target ${takeProfitBps / 100} %`),
    trailingStopBps === null
      ? null
      : say(`추적 손절 ${trailingStopBps / 100}%`, `trailing stop ${trailingStopBps / 100} %`),
  ].filter((part) => part !== null);
  return [parts.length === 0 ? say('손절과 익절이 없어요.', 'No stop and no target.') : `${parts.join(', ')}.`];
}

function hand(program: RuleProgram, { dialect, out }: ExportOptions): void {
  const written = writeKisYaml(program, dialect);
  if (written.kind === 'refused') {
    const [first] = written.reasons;
    const more = written.reasons.length - 1;
    const rest = more === 0 ? '' : say(` (이런 곳이 ${more}군데 더 있어요.)`, ` (${more} more.)`);
    throw new FixConfiguration('strategy.export', `${say(first?.ko ?? '', first?.en ?? '')}${rest}`);
  }
  for (const line of findingLines('', written.notes)) process.stderr.write(`${line}\n`);
  if (out === undefined) process.stdout.write(written.text);
  else writeResultFile(out, written.text);
}
