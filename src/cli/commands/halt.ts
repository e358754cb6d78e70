import { Command } from 'commander';
import { withGateway } from '../gateway.ts';
import { say } from '../language.ts';
import { printJson } from '../terminal/json.ts';

/** `snowball halt`: new orders stop at once, open ones are cancelled, holdings stay. */
export function haltCommand(): Command {
  return new Command('halt')
    .description(say('모든 주문을 멈추고 미체결을 취소해요.', 'Stop all ordering and cancel open orders.'))
    .option('--reason <text>', say('기록에 남길 이유', 'why, for the record'), 'by command line')
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (options: { reason: string; json?: boolean }) => {
      const status = await withGateway((gateway) => gateway.call('halt', { reason: options.reason }));
      if (options.json) return printJson(status);
      const { openOrders, cancelled } = status.halted ?? { openOrders: 0, cancelled: 0 };
      const korean = `모든 주문을 멈췄어요. 미체결 ${openOrders}건 가운데 ${cancelled}건의 취소를 확인했어요. 가진 주식은 그대로예요.`;
      const english = `All ordering has stopped. ${cancelled} of ${openOrders} open orders are confirmed cancelled. Your shares are untouched.`;
      process.stdout.write(`${say(korean, english)}\n`);
    });
}

/** `snowball resume`: only a person does this; it asks for the word on a terminal. */
export function resumeCommand(): Command {
  return new Command('resume')
    .description(say('멈춘 매매를 다시 켜요.', 'Allow ordering again after a halt.'))
    .requiredOption('--yes', say('다시 켜겠다는 확인', 'confirm that ordering may go on'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (options: { json?: boolean }) => {
      const status = await withGateway((gateway) => gateway.call('resume', {}));
      if (options.json) return printJson(status);
      process.stdout.write(`${say('매매를 다시 켰어요.', 'Ordering is on again.')}\n`);
    });
}
