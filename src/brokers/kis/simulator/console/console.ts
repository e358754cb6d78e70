import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { z } from 'zod';

import type { BrokerEnvironment } from '#domain/environment.ts';
import { won } from '#domain/won.ts';

import type { AccountState } from '../venue/account-state.ts';
import { faultRule, type Faults } from '../host/faults.ts';
import type { Broker } from '../host/route.ts';
import type { SocketServer } from '../socket/socket-server.ts';
import { orderNumberText } from '../encode/text-fields.ts';

export interface ConsoleOptions {
  readonly broker: Broker;
  readonly faults: Faults;
  readonly sockets: readonly SocketServer[];
}

const bodyMaxBytes = 16 * 1024;

/** What a command answers; `null` is an empty object. */
type Command = (body: unknown, options: ConsoleOptions) => unknown;

const clockChange = z.strictObject({ speed: z.number().min(1).max(1000).optional(), pause: z.boolean().optional() });
const pricePush = z.strictObject({
  symbol: z.string(),
  price: z.number().int().positive(),
  quantity: z.number().int().positive().nullable().default(null),
});
const foreignOrder = z.strictObject({
  environment: z.enum(['paper', 'real']).default('paper'),
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  division: z.string().default('00'),
  price: z.number().int().min(0),
  quantity: z.number().int().positive(),
});
const seedWish = z.strictObject({
  environment: z.enum(['paper', 'real']).default('paper'),
  count: z.number().int().min(1).max(2000),
  symbol: z.string().default('005930'),
});

/** Commands by `<method> <path>`. Everything acts at once. */
const commands: Readonly<Record<string, Command>> = {
  'GET /clock': (_body, { broker }) => clockView(broker),
  'POST /clock': (body, { broker }) => {
    const { speed, pause } = clockChange.parse(body);
    // What was lived at the old speed is played before the new one begins.
    broker.venue.advance();
    if (speed !== undefined) broker.clock.setSpeed(speed);
    if (pause !== undefined) broker.clock.setPaused(pause);
    return clockView(broker);
  },
  'GET /credentials': (_body, { broker }) => broker.credentials,
  'GET /faults': (_body, { faults }) => faults.list(),
  'POST /faults': (body, { faults }) => {
    faults.add(faultRule.parse(body));
    return faults.list();
  },
  'DELETE /faults': (_body, { faults }) => {
    faults.clear();
    return faults.list();
  },
  'POST /market/price': (body, { broker }) => {
    const { symbol, price, quantity } = pricePush.parse(body);
    if (!broker.venue.push(symbol, won(price), quantity)) throw new RangeError(`Not listed here: "${symbol}"`);
    return { symbol, price };
  },
  'POST /sockets/drop': (_body, { sockets }) => {
    for (const socket of sockets) socket.dropAll();
    return {};
  },
  // An order of a person at another screen: the account's, and not ours.
  'POST /orders': (body, { broker }) => {
    const answer = broker.venue.place({ ...foreignOrder.parse(body), exchange: 'KRX' });
    if (answer.kind === 'refused') throw new RangeError(`The venue refused the order: ${answer.refusal}`);
    return { number: orderNumberText(answer.number) };
  },
  'POST /orders/seed': (body, options) => seedOrders(seedWish.parse(body), options),
  'GET /ledger': (_body, { broker }) => perAccount(broker, ledgerView),
  'GET /orders': (_body, { broker }) => perAccount(broker, ordersView),
  'GET /counters': (_body, { broker }) => ({
    tokensIssued: broker.signIn.issued,
    orders: perAccount(broker, (account) => newOrders(account)),
  }),
};

/** The fault console: JSON over HTTP on loopback, for tests, drills and the trial mode's supervisor. */
export function createConsole(options: ConsoleOptions): Server {
  const server = createServer((incoming, outgoing) => {
    run(incoming, options).then(
      (result) => send(outgoing, 200, result),
      (cause: unknown) => send(outgoing, 400, { error: messageOf(cause) }),
    );
  });
  server.maxConnections = 64;
  return server;
}

async function run(incoming: IncomingMessage, options: ConsoleOptions): Promise<unknown> {
  // A page in a browser can reach loopback: it always names itself, and none of ours does.
  if (incoming.headers.origin !== undefined) throw new RangeError('Not for browsers');
  const path = new URL(incoming.url ?? '/', 'http://loopback').pathname;
  const name = `${incoming.method ?? ''} ${path}`;
  const command = commands[name];
  if (command === undefined)
    throw new RangeError(`No such command: "${name}". There are: ${Object.keys(commands).join(', ')}`);
  const body = await readJson(incoming);
  return command(body, options);
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > bodyMaxBytes) throw new RangeError(`A command holds at most ${bodyMaxBytes} bytes`);
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

function send(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  outgoing.end(JSON.stringify(body));
}

function messageOf(cause: unknown): string {
  if (cause instanceof z.ZodError) return z.prettifyError(cause);
  return cause instanceof Error ? cause.message : String(cause);
}

function clockView({ clock }: Broker): unknown {
  return { now: clock.now().toString(), speed: clock.speed, paused: clock.isPaused };
}

/** Small resting buys at the lower limit, written by the venue itself as a person at another screen would. */
function seedOrders(wish: z.infer<typeof seedWish>, { broker }: ConsoleOptions): unknown {
  const { venue } = broker;
  const desk = venue.floor.desk(wish.symbol);
  if (desk === null) throw new RangeError(`Not listed here: "${wish.symbol}"`);
  const numbers: string[] = [];
  for (let index = 0; index < wish.count; index += 1) {
    const bids = desk.book.depth(10, venue.floor.reached).bids;
    const price = bids.at(-1)?.price ?? desk.basePrice;
    const { environment, symbol } = wish;
    const answer = venue.place({
      environment,
      symbol,
      side: 'buy',
      division: '00',
      price,
      quantity: 1,
      exchange: 'KRX',
    });
    if (answer.kind === 'refused')
      throw new RangeError(`Order ${index + 1} of ${wish.count} was refused: ${answer.refusal}`);
    numbers.push(orderNumberText(answer.number));
  }
  return { numbers };
}

function perAccount(broker: Broker, view: (account: AccountState) => unknown): Record<BrokerEnvironment, unknown> {
  const { accounts } = broker.venue.state;
  return { paper: view(accounts.paper), real: view(accounts.real) };
}

function ledgerView({ ledger, fills }: AccountState): unknown {
  return {
    cash: ledger.cash,
    pending: ledger.pending.map(({ date, amount }) => ({ date: date.toString(), amount })),
    positions: [...ledger.positions.values()],
    fees: ledger.feesPaid,
    tax: ledger.taxPaid,
    realised: ledger.realised,
    fills: fills.map((fill) => ({
      ...fill,
      number: orderNumberText(fill.number),
      tradeDate: fill.tradeDate.toString(),
      settlementDate: fill.settlementDate.toString(),
    })),
  };
}

function ordersView({ orders }: AccountState): unknown {
  return [...orders.values()].map(({ instrument, ...order }) => ({
    ...order,
    number: orderNumberText(order.number),
    original: order.original === null ? null : orderNumberText(order.original),
    symbol: instrument.symbol,
  }));
}

function newOrders({ orders }: AccountState): number {
  let count = 0;
  for (const order of orders.values()) if (order.action === 'new') count += 1;
  return count;
}
