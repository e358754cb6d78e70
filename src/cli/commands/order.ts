import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { withGateway } from '../house/gateway.ts';
import { confirmCommand, declareCommand, settleCommand } from './order-of-person.ts';
import { orderLine, printOrder } from '../terminal/order-line.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { knownSymbol } from './quote.ts';
import { wholeNumber } from './up.ts';

interface PlaceOptions {
  readonly price: string;
  readonly quantity: string;
  readonly preview?: boolean;
  readonly json?: boolean;
}

const json = ['--json', say('JSON으로 출력', 'print JSON')] as const;

/** `snowball order buy|sell|list|show|cancel|cancel-all|find|settle|declare|confirm`: the same way through the guard as every other order. */
export function orderCommand(): Command {
  const order = new Command('order').description(say('주문을 내고 보고 취소해요.', 'Place, list and cancel orders.'));
  order.addCommand(placeCommand('buy', say('사요.', 'Buy.')));
  order.addCommand(placeCommand('sell', say('팔아요.', 'Sell.')));
  order.addCommand(listCommand());
  order.addCommand(byOrderCommand('show', say('주문 하나를 자세히 봐요.', 'Show one order.'), 'order'));
  order.addCommand(byOrderCommand('cancel', say('주문을 취소해요.', 'Cancel an order.'), 'cancel'));
  order.addCommand(
    byOrderCommand(
      'find',
      say('결과를 모르는 주문을 증권사 기록에서 찾아요.', "Look for an unknown order in the broker's records."),
      'find',
    ),
  );
  order.addCommand(cancelAllCommand());
  order.addCommand(settleCommand());
  order.addCommand(declareCommand());
  order.addCommand(confirmCommand());
  return order;
}

function placeCommand(side: 'buy' | 'sell', description: string): Command {
  return new Command(side)
    .description(description)
    .argument('<symbol>', say('여섯 자리 종목코드', 'six-character listing code'))
    .requiredOption('--quantity <shares>', say('주 수', 'shares'))
    .requiredOption('--price <won>', say('지정가(원)', 'limit price in won'))
    .option('--preview', say('점검만 하고 보내지 않아요', 'only ask the guard; nothing is sent'))
    .option(...json)
    .action((symbol: string, options: PlaceOptions) => place(side, knownSymbol(symbol), options));
}

async function place(side: 'buy' | 'sell', symbol: string, options: PlaceOptions): Promise<void> {
  const request = {
    requestId: randomUUID(),
    strategy: null,
    symbol,
    side,
    type: 'limit' as const,
    quantity: wholeNumber('--quantity', options.quantity, 1, 10_000_000),
    price: wholeNumber('--price', options.price, 1, 100_000_000),
    reason: say('명령줄에서 낸 주문이에요.', 'Ordered at the command line.'),
  };
  if (options.preview) {
    const verdict = await withGateway((gateway) => gateway.call('preview', request));
    if (!verdict.approved) process.exitCode = 1;
    return printJson(verdict);
  }
  const order = await withGateway((gateway) => gateway.call('submit', request));
  if (order.state === 'denied' || order.state === 'rejected' || order.state === 'not-sent') process.exitCode = 1;
  printOrder(order, options.json === true);
}

function listCommand(): Command {
  return new Command('list')
    .description(say('오늘 주문을 봐요.', "List today's orders."))
    .option('--limit <number>', say('몇 건까지', 'how many'), '20')
    .option(...json)
    .action(async (options: { limit: string; json?: boolean }) => {
      const limit = wholeNumber('--limit', options.limit, 1, 200);
      const orders = await withGateway((gateway) => gateway.call('orders', { limit, strategy: null }));
      if (options.json) return printJson(orders);
      if (orders.length === 0) process.stdout.write(`${say('아직 주문이 없어요.', 'There are no orders yet.')}\n`);
      for (const each of orders) process.stdout.write(`${orderLine(each)}\n`);
    });
}

function byOrderCommand(name: string, description: string, method: 'order' | 'cancel' | 'find'): Command {
  return new Command(name)
    .description(description)
    .argument('<order>', say('주문 번호', 'order id'))
    .option(...json)
    .action(async (orderId: string, options: { json?: boolean }) => {
      printOrder(
        await withGateway((gateway) => gateway.call(method, { orderId })),
        options.json === true || method === 'order',
      );
    });
}

function cancelAllCommand(): Command {
  return new Command('cancel-all')
    .description(say('미체결 주문을 모두 취소해요.', 'Cancel every open order.'))
    .option(...json)
    .action(async (options: { json?: boolean }) => {
      const done = await withGateway((gateway) => gateway.call('cancelAll', {}));
      if (options.json) return printJson(done);
      process.stdout.write(
        `${say(`${done.asked}건 가운데 ${done.cancelled}건을 취소했어요.`, `${done.cancelled} of ${done.asked} cancelled.`)}\n`,
      );
    });
}
