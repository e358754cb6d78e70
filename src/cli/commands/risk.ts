import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import type { BlastRadiusRow, LimitPolicyView } from '#link/limit-api.ts';
import type { StatusView } from '#link/views.ts';
import { withGateway, withGatewayAsAdmin } from '../house/gateway.ts';
import { permitsCommand } from './permits.ts';
import { knownSymbol } from './quote.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { limitName, limitUnit } from '../house/limit-names.ts';
import { printJson } from '../terminal/json.ts';
import { numberText } from '../terminal/numbers.ts';
import { tableLines } from '../terminal/table.ts';
import { wholeNumber } from './up.ts';

const valueMax = Number.MAX_SAFE_INTEGER;

interface SetOptions {
  readonly strategy?: string;
  readonly symbol?: string;
  readonly loosen?: boolean;
  readonly json?: boolean;
}

/** `snowball risk`: what may be lost, which limits bind, and how a person sets them. */
export function riskCommand(): Command {
  const command = new Command('risk').description(
    say('한도를 보고 정하고, 뺏겼을 때 얼마가 걸리는지 보여 줘요.', 'Limits, and what each compromise can cost.'),
  );
  return command
    .addCommand(blastRadiusCommand())
    .addCommand(limitsCommand())
    .addCommand(setCommand())
    .addCommand(permitsCommand())
    .addCommand(
      changing('withdraw', '<id>', say('기다리는 변경을 거둬요.', 'Take back a change that waits.'), (id) =>
        withGateway((gateway) => gateway.call('withdrawLimit', { id })),
      ),
    )
    .addCommand(
      changing(
        'profile',
        '<profile>',
        say('한도 묶음을 고르세요: starter, standard', 'Choose starter or standard.'),
        (name) => withGatewayAsAdmin((gateway) => gateway.call('chooseProfile', { profile: profileOf(name) })),
      ),
    )
    .addCommand(
      changing('resume', '<strategy>', say('멈춘 전략을 다시 켜요.', 'Let a halted strategy go on.'), (strategy) =>
        withGatewayAsAdmin((gateway) => gateway.call('resumeStrategy', { strategy })),
      ),
    )
    .addCommand(
      changing(
        'list',
        '<symbol>',
        say('살 수 있는 종목에 넣어요. 하루 뒤부터 사요.', 'Let a stock be bought, a day later.'),
        (code) => withGatewayAsAdmin((gateway) => gateway.call('listSymbol', { symbol: knownSymbol(code) })),
      ),
    )
    .addCommand(
      changing(
        'unlist',
        '<symbol>',
        say('바로 못 사게 해요. 가진 것은 팔 수 있어요.', 'Let a stock be bought no more.'),
        (code) => withGateway((gateway) => gateway.call('unlistSymbol', { symbol: knownSymbol(code) })),
      ),
    );
}

function blastRadiusCommand(): Command {
  return new Command('blast-radius')
    .description(
      say('무엇을 뺏기면 얼마까지 잃는지 보여 줘요.', 'What each compromise can cost, from what is in force.'),
    )
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (options: { json?: boolean }) => {
      const [rows, status] = await withGateway(async (gateway) => [
        await gateway.call('blastRadius', {}),
        await gateway.call('status', {}),
      ]);
      if (options.json) return printJson({ environment: status.environment, rows });
      process.stdout.write(`${blastLines(rows, status).join('\n')}\n`);
    });
}

function blastLines(rows: readonly BlastRadiusRow[], status: StatusView): readonly string[] {
  const language = terminalLanguage();
  const halted = status.halted === null ? say('켜짐', 'on') : say('멈춤', 'halted');
  return [
    `${status.environment} · ${status.broker} ${status.account} · ${say('매매', 'ordering')} ${halted}`,
    '',
    ...tableLines(
      [
        { head: say('뺏긴 것', 'compromise'), align: 'left' },
        { head: say('새 위험(원)', 'new risk (won)'), align: 'right' },
        { head: say('바로 잃는 돈', 'lost at once'), align: 'right' },
        { head: say('멈추는 손실', 'halted at'), align: 'right' },
        { head: say('알아채는 시간', 'noticed within'), align: 'right' },
        { head: say('까닭', 'because'), align: 'left' },
      ],
      rows.map((row) => [
        row.compromise[language],
        row.notional === null ? say('계좌 전체', 'the account') : numberText(row.notional),
        row.atOnce === null ? '–' : numberText(row.atOnce),
        row.haltedAt === null ? '–' : numberText(row.haltedAt),
        row.noticedWithinMs === null
          ? '–'
          : say(`${row.noticedWithinMs / 1_000}초`, `${row.noticedWithinMs / 1_000} s`),
        row.because[language],
      ]),
    ),
  ];
}

function limitsCommand(): Command {
  return new Command('limits')
    .description(say('지금 적용되는 한도와 기다리는 변경을 보여 줘요.', 'The limits in force, and what waits.'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (options: { json?: boolean }) => {
      show(await withGateway((gateway) => gateway.call('limitPolicy', {})), options);
    });
}

function setCommand(): Command {
  return new Command('set')
    .description(
      say(
        '한도를 정해요. 줄이면 바로, 늘리면 10분이나 하루 뒤에 적용돼요.',
        'Set a limit: tighter at once, looser later.',
      ),
    )
    .argument('<name>', say('한도 이름', 'name of the limit'))
    .argument('<value>', say('값', 'its value'))
    .option('--strategy <name>', say('한 전략에만', 'for one strategy only'))
    .option('--symbol <code>', say('한 종목에만', 'for one symbol only'))
    .option('--loosen', say('늘리는 값이라는 확인', 'confirm that it lets more through'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (name: string, text: string, options: SetOptions) => {
      const wish = { ...scopeOf(options), name, value: wholeNumber('<value>', text, 0, valueMax) };
      const view = options.loosen
        ? withGatewayAsAdmin((gateway) => gateway.call('loosenLimit', wish))
        : withGateway((gateway) => gateway.call('tightenLimit', wish));
      show(await view, options);
    });
}

function scopeOf({ strategy, symbol }: SetOptions): { scope: 'account' | 'strategy' | 'symbol'; subject: string } {
  if (strategy !== undefined) return { scope: 'strategy', subject: strategy };
  return symbol === undefined ? { scope: 'account', subject: '' } : { scope: 'symbol', subject: symbol };
}

/** @throws FixConfiguration `cli.profile` */
function profileOf(name: string): 'starter' | 'standard' {
  if (name === 'starter' || name === 'standard') return name;
  throw new FixConfiguration(
    'cli.profile',
    say(
      `한도 묶음 "${name}"이 없어요. starter나 standard를 골라 주세요.`,
      `Cannot choose "${name}": wanted starter or standard`,
    ),
  );
}

function changing(
  name: string,
  argument: string,
  description: string,
  call: (value: string) => Promise<LimitPolicyView>,
): Command {
  return new Command(name)
    .description(description)
    .argument(argument)
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (value: string, options: { json?: boolean }) => show(await call(value), options));
}

function show(view: LimitPolicyView, options: { readonly json?: boolean }): void {
  if (options.json === true) return printJson(view);
  process.stdout.write(`${limitLines(view).join('\n')}\n`);
}

function halvedLine(): string {
  return say(
    '전략 격리가 등급 C라서 모든 한도가 절반이에요. 이유는 snowball doctor가 알려 줘요.',
    'every limit is halved: strategies are held by grade C; snowball doctor says why',
  );
}

function limitLines({
  profile,
  isHalved,
  rows,
  waiting,
  haltedStrategies,
  unlisted,
}: LimitPolicyView): readonly string[] {
  const columns = [
    { head: say('한도', 'limit'), align: 'left' },
    { head: say('누구', 'for'), align: 'left' },
    { head: say('값', 'value'), align: 'right' },
    { head: say('이름', 'name'), align: 'left' },
  ] as const;
  const cells = (row: { readonly name: string; readonly subject: string; readonly value: number }): string[] => [
    limitName(row.name, terminalLanguage()),
    row.subject === '' ? say('계좌', 'account') : row.subject,
    `${numberText(row.value)}${limitUnit(row.name, terminalLanguage())}`,
    row.name,
  ];
  return [
    `${say('한도 묶음', 'profile')}  ${profile}`,
    ...(isHalved ? [halvedLine()] : []),
    ...tableLines(columns, rows.map(cells)),
    ...unlisted.map((code) => say(`사지 않는 종목 ${code}`, `not to be bought: ${code}`)),
    ...waiting.map((row) =>
      say(
        `${limitName(row.name, 'ko')} ${numberText(row.value)}: ${row.effectiveAt}부터 적용돼요. 거두기: snowball risk withdraw ${row.id}`,
        `${limitName(row.name, 'en')} ${numberText(row.value)}: in force from ${row.effectiveAt}; take back: snowball risk withdraw ${row.id}`,
      ),
    ),
    ...haltedStrategies.map(({ strategy, reason }) =>
      say(`멈춘 전략 ${strategy}: ${reason}`, `halted strategy ${strategy}: ${reason}`),
    ),
  ];
}
