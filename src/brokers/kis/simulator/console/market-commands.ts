import { z } from 'zod';

import { won } from '#domain/won.ts';

import { orderNumberText } from '../encode/text-fields.ts';
import { command, question, type ConsoleCommand, type ConsoleOptions } from './console-command.ts';

const environment = z.enum(['paper', 'real']).default('paper');
const pricePush = z.strictObject({
  symbol: z.string(),
  price: z.number().int().positive(),
  /** Shares that may trade on the way; null for as many as rest. */
  quantity: z.number().int().positive().nullable().default(null),
});
const haltWish = z.strictObject({
  /** Null for the whole market. */
  symbol: z.string().nullable().default(null),
  halted: z.boolean(),
});
const foreignOrder = z.strictObject({
  environment,
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  division: z.string().default('00'),
  price: z.number().int().min(0),
  quantity: z.number().int().positive(),
});
const seedWish = z.strictObject({
  environment,
  count: z.number().int().min(1).max(2000),
  symbol: z.string().default('005930'),
});

/** Prices, and orders of other screens. */
export const marketCommands: Readonly<Record<string, ConsoleCommand>> = {
  'POST /market/price': command(
    { korean: '한 종목의 값을 옮겨요.', english: 'Moves the market of one instrument to a price.' },
    pricePush,
    ({ symbol, price, quantity }, { broker }) => {
      if (!broker.venue.push(symbol, won(price), quantity)) throw new RangeError(`Not listed here: "${symbol}"`);
      return { symbol, price };
    },
  ),
  'POST /market/halt': command(
    {
      korean: '한 종목이나 시장 전체의 거래를 멈추거나 다시 열어요. 취소는 할 수 있어요.',
      english: 'Halts or releases one instrument or the whole market; orders can still be cancelled.',
    },
    haltWish,
    ({ symbol, halted }, { broker }) => {
      if (!broker.venue.halt(symbol, halted)) throw new RangeError(`Not listed here: "${symbol ?? ''}"`);
      return { symbol, halted };
    },
  ),
  'POST /sockets/drop': question(
    { korean: '웹소켓을 모두 끊어요.', english: 'Ends every websocket.' },
    ({ sockets }) => {
      for (const socket of sockets) socket.dropAll();
      return {};
    },
  ),
  // An order of a person at another screen: the account's, and not ours.
  'POST /orders': command(
    { korean: '다른 화면에서 낸 주문을 넣어요.', english: 'Places an order as another screen of the account would.' },
    foreignOrder,
    (order, { broker }) => {
      const answer = broker.venue.place({ ...order, exchange: 'KRX' });
      if (answer.kind === 'refused') throw new RangeError(`The venue refused the order: ${answer.refusal}`);
      return { number: orderNumberText(answer.number) };
    },
  ),
  'POST /orders/seed': command(
    { korean: '작은 매수 주문을 여러 개 넣어요.', english: 'Places many small resting buys.' },
    seedWish,
    seedOrders,
  ),
};

/** Small resting buys at the tenth price below the best, written by the venue itself as another screen would. */
function seedOrders({ count, ...wish }: z.infer<typeof seedWish>, { broker }: ConsoleOptions): unknown {
  const { venue } = broker;
  const desk = venue.floor.desk(wish.symbol);
  if (desk === null) throw new RangeError(`Not listed here: "${wish.symbol}"`);
  const numbers: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const price = desk.book.depth(10, venue.floor.reached).bids.at(-1)?.price ?? desk.basePrice;
    const answer = venue.place({ ...wish, side: 'buy', division: '00', price, quantity: 1, exchange: 'KRX' });
    if (answer.kind === 'refused')
      throw new RangeError(`Order ${index + 1} of ${count} was refused: ${answer.refusal}`);
    numbers.push(orderNumberText(answer.number));
  }
  return { numbers };
}
