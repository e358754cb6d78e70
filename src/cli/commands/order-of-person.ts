import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import { brokerOrderId } from '#link/gateway-api.ts';
import { say } from '#link/language.ts';
import { withGateway, withGatewayAsAdmin } from '../house/gateway.ts';
import { printJson } from '../terminal/json.ts';
import { printOrder } from '../terminal/order-line.ts';
import { knownSymbol } from './quote.ts';
import { wholeNumber } from './up.ts';

const json = ['--json', say('JSON으로 출력', 'print JSON')] as const;
const sharesMax = 10_000_000;

interface SettleOptions {
  readonly number?: string;
  readonly absent?: boolean;
  readonly json?: boolean;
}

/** `snowball order settle`: what the broker's own screen shows of an order that waits for a person. */
export function settleCommand(): Command {
  return new Command('settle')
    .description(
      say(
        '사람 확인이 필요한 주문을, 증권사 화면에서 본 대로 정해요.',
        "Settle an order that needs a person, by what the broker's own screen shows.",
      ),
    )
    .argument('<order>', say('주문 번호', 'order id'))
    .option('--number <number>', say('증권사 화면에 있는 주문번호', "its number on the broker's screen"))
    .option('--absent', say('증권사 화면에 이 주문이 없어요', "the broker's screen has no such order"))
    .option(...json)
    .action(async (orderId: string, options: SettleOptions) => {
      const brokerOrderId = numberOf(options);
      const order = await withGateway((gateway) => gateway.call('settleOrder', { orderId, brokerOrderId }));
      printOrder(order, options.json === true);
    });
}

/** @throws FixConfiguration `cli.option` when neither or both are said */
function numberOf({ number, absent = false }: SettleOptions): BrokerOrderId | null {
  if (number === undefined && absent) return null;
  if (number !== undefined && !absent) return brokerNumber(number);
  throw new FixConfiguration(
    'cli.option',
    say(
      '"snowball order settle"에는 --number와 --absent 가운데 하나를 적어 주세요.',
      'Give "snowball order settle" either --number or --absent.',
    ),
  );
}

interface DeclareOptions {
  readonly quantity: string;
  readonly number?: string;
  readonly json?: boolean;
}

/** `snowball order declare`: an order of the person's own, made elsewhere, so that it is no alarm. */
export function declareCommand(): Command {
  return new Command('declare')
    .description(
      say(
        '다른 앱에서 직접 낸 주문을 알려요.',
        'Say that an order made elsewhere is yours, before or after it is seen.',
      ),
    )
    .argument('<side>', say('buy 또는 sell', 'buy or sell'))
    .argument('<symbol>', say('여섯 자리 종목코드', 'six-character listing code'))
    .requiredOption('--quantity <shares>', say('주 수', 'shares'))
    .option('--number <number>', say('증권사 주문번호', "the broker's number, when you know it"))
    .option(...json)
    .action(async (side: string, code: string, options: DeclareOptions) => {
      const declared = {
        symbol: knownSymbol(code),
        side: sideOf(side),
        quantity: wholeNumber('--quantity', options.quantity, 1, sharesMax),
        brokerOrderId: options.number === undefined ? null : brokerNumber(options.number),
      };
      await withGateway((gateway) => gateway.call('declareManual', declared));
      if (options.json) return printJson(declared);
      const korean = '직접 낸 주문으로 적어 뒀어요. 멈춰 있다면 "snowball resume"으로 다시 켜 주세요.';
      process.stdout.write(`${say(korean, 'Noted as yours. If ordering stopped for it: "snowball resume".')}\n`);
    });
}

/** `snowball order confirm`: a refused order is meant; its like passes the rules about unusual orders once. */
export function confirmCommand(): Command {
  return new Command('confirm')
    .description(
      say(
        '평소와 달라서 막힌 주문이 맞다고 확인해요.',
        'Say that an order refused as unusual is meant; its like passes once.',
      ),
    )
    .argument('<order>', say('주문 번호', 'order id'))
    .option(...json)
    .action(async (orderId: string, options: { readonly json?: boolean }) => {
      await withGatewayAsAdmin((gateway) => gateway.call('confirmOrder', { orderId }));
      if (options.json) return printJson({ orderId });
      const korean = '확인했어요. 10분 안에 같은 주문을 한 번 낼 수 있어요.';
      process.stdout.write(`${say(korean, 'Confirmed: the same order may go out once within ten minutes.')}\n`);
    });
}

/** @throws FixConfiguration `cli.option` */
function brokerNumber(text: string): BrokerOrderId {
  const read = brokerOrderId.safeParse(text);
  if (read.success) return read.data;
  throw new FixConfiguration(
    'cli.option',
    say(
      `--number 값을 쓸 수 없어요: "${text}". 증권사 화면의 주문번호를 그대로 적어 주세요.`,
      `Cannot use --number "${text}": write it as the broker's screen shows it.`,
    ),
  );
}

/** @throws FixConfiguration `cli.choice` */
function sideOf(text: string): 'buy' | 'sell' {
  if (text === 'buy' || text === 'sell') return text;
  throw new FixConfiguration(
    'cli.choice',
    say(`"${text}"는 쓸 수 없어요. buy나 sell을 적어 주세요.`, `Cannot use "${text}": write buy or sell.`),
  );
}
