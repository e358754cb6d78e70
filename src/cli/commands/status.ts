import { Command } from 'commander';
import { seoulTime } from '#domain/trading-date.ts';
import type { PortfolioView, StatusView } from '#link/views.ts';
import { withGateway } from '../house/gateway.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { wonText } from '../terminal/numbers.ts';
import { vaultReminders } from '../house/vault-reminders.ts';

/** `snowball status`: what runs, what the account holds, whether ordering is stopped. */
export function statusCommand(): Command {
  return new Command('status')
    .description(say('지금 상태를 보여 줘요.', 'Show what runs and what the account holds.'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (options: { json?: boolean }) => {
      const [status, portfolio] = await withGateway(async (gateway) => [
        await gateway.call('status', {}),
        await gateway.call('portfolio', {}),
      ]);
      if (options.json) return printJson({ status, portfolio });
      process.stdout.write(`${lines(status, portfolio).join('\n')}\n`);
    });
}

function lines(status: StatusView, portfolio: PortfolioView): readonly string[] {
  const time = seoulTime(Temporal.Instant.from(status.now)).toString({ smallestUnit: 'second' });
  const halted = status.halted
    ? say(`멈춤: ${status.halted.reason}`, `halted: ${status.halted.reason}`)
    : say('켜짐', 'on');
  return [
    `${say('환경', 'environment')}  ${status.environment} · ${status.broker} ${status.account}`,
    `${say('시각', 'clock')}  ${time} KST × ${status.clockSpeed} · ${status.session.kind}`,
    `${say('매매', 'ordering')}  ${halted}`,
    `${say('순자산', 'equity')}  ${wonText(portfolio.equity)}`,
    `${say('예수금', 'cash')}  ${wonText(portfolio.cash)}`,
    `${say('보유', 'positions')}  ${portfolio.positions.length}`,
    `${say('알 수 없는 주문', 'unknown orders')}  ${status.unknownOrders}`,
    ...answerAges(status),
    ...(status.keyLife ?? []).filter(({ reminder }) => reminder !== null).map(({ ko, en }) => say(ko, en)),
    ...vaultReminders(Temporal.Now.instant()),
    `${say('기록', 'journal')}  ${status.journal.sequence} · ${status.journal.hash.slice(0, 12)}`,
  ];
}

/** How old the last answers are, where the broker does not answer just now: what is shown of them is as old. */
function answerAges({ connections, answerAgesMs }: StatusView): readonly string[] {
  const names = { orders: say('주문', 'orders'), quotes: say('시세', 'quotes'), balance: say('잔고', 'balance') };
  const lines = ['orders', 'quotes', 'balance'] as const;
  return lines
    .filter((line) => connections[line] !== 'closed')
    .map((line) => `${names[line]}  ${ageText(answerAgesMs?.[line] ?? null)}`);
}

function ageText(ageMs: number | null): string {
  if (ageMs === null) return say('아직 받지 못했어요', 'no answer yet');
  const seconds = Math.round(ageMs / 1_000);
  return say(`${seconds}초 전 값이에요`, `${seconds} s old`);
}
