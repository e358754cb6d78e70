import type { BrokerEnvironment } from '#domain/environment.ts';
import { instrumentId, symbolOf } from '#domain/instrument.ts';

import type { ConformanceControl, ConformanceFault, ConformanceOperation } from '../../conformance.ts';
import type { CallFault } from './host/faults.ts';

/** TR id of the operation on the real host; paper's begins with V where this one begins with T. */
const trIds: Readonly<Record<ConformanceOperation, string>> = {
  token: 'tokenP',
  'place-buy': 'TTTC0012U',
  'place-sell': 'TTTC0011U',
  change: 'TTTC0013U',
  orders: 'TTTC0081R',
  balance: 'TTTC8434R',
  price: 'FHKST01010100',
  'daily-bars': 'FHKST03010100',
};

const faultNames: Readonly<Record<ConformanceFault, CallFault>> = {
  'drop-before': 'refuse-before-acceptance',
  'accept-then-hang': 'accept-then-hang',
  'accept-then-reset': 'accept-then-reset',
  'error-before': 'html-before',
  'error-after': 'html-after',
  'rate-limit': 'rate-storm',
  'token-expired': 'expired-token',
  malformed: 'malformed-json',
  truncated: 'truncated-body',
  'missing-order-number': 'missing-order-number',
  'page-error': 'page-error',
};

/** The conformance suite's hands behind the simulator's back, over the console at `console` (`http://127.0.0.1:port`). */
export function kisConformanceControl(console: string, environment: BrokerEnvironment): ConformanceControl {
  const trIdOf = (operation: ConformanceOperation): string =>
    environment === 'paper' ? trIds[operation].replace(/^T/, 'V') : trIds[operation];
  const counters = async (): Promise<unknown> => await command(console, 'GET', '/counters');
  return {
    instruments: [instrumentId('005930'), instrumentId('000660')],
    async fault(fault, operation, options) {
      const body = { trId: trIdOf(operation), fault: faultNames[fault], count: options?.count ?? 1 };
      await command(console, 'POST', '/faults', body);
    },
    async clearFaults() {
      await command(console, 'DELETE', '/faults');
    },
    async setPrice(instrument, price, quantity) {
      const body = { symbol: symbolOf(instrument), price, quantity: quantity ?? null };
      await command(console, 'POST', '/market/price', body);
    },
    async dropSockets() {
      await command(console, 'POST', '/sockets/drop');
    },
    tokensIssued: async () => numberAt(await counters(), ['tokensIssued']),
    ordersAtBroker: async () => numberAt(await counters(), ['orders', environment]),
    async seedOrders(count) {
      await command(console, 'POST', '/orders/seed', { environment, count });
    },
  };
}

async function command(console: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${console}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`The console refused ${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

function numberAt(value: unknown, path: readonly string[]): number {
  let here = value;
  for (const name of path) {
    here =
      typeof here === 'object' && here !== null ? Object.entries(here).find(([key]) => key === name)?.[1] : undefined;
  }
  if (typeof here !== 'number') throw new Error(`The console's counters have no number at ${path.join('.')}`);
  return here;
}
