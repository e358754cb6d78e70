import { Hono } from 'hono';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';
import { symbol } from '#link/views.ts';
import type { LinkClients } from '../link-clients.ts';

const barsQuery = z.strictObject({
  interval: z.enum(['1m', '1d']),
  count: z.coerce.number().int().min(1).max(500),
});

/** What the pages read: status, money, instruments and their prices, limits, strategies, data. */
export function readingRoutes({ gateway, runner }: LinkClients): Hono {
  const routes = new Hono();

  routes.get('/status', async (context) => context.json(await gateway.call('status', {})));
  routes.get('/portfolio', async (context) => context.json(await gateway.call('portfolio', {})));
  routes.get('/equity', async (context) => context.json(await gateway.call('equityOfDay', {})));
  routes.get('/limits', async (context) => context.json(await gateway.call('limits', {})));
  routes.get('/instruments', async (context) => context.json(await gateway.call('instruments', {})));
  routes.get('/quotes', async (context) => context.json(await gateway.call('quotes', {})));
  routes.get('/strategies', async (context) => context.json(await runner.call('strategies', {})));
  routes.get('/datasets', async (context) => context.json(await runner.call('datasets', {})));
  routes.get('/backtest-choices', async (context) => context.json(await runner.call('backtestChoices', {})));

  routes.get('/instruments/:symbol/quote', async (context) =>
    context.json(await gateway.call('quote', { symbol: symbolOf(context.req.param('symbol')) })),
  );
  routes.get('/instruments/:symbol/book', async (context) =>
    context.json(await gateway.call('orderBook', { symbol: symbolOf(context.req.param('symbol')) })),
  );
  routes.get('/instruments/:symbol/bars', async (context) => {
    const query = barsQuery.safeParse(context.req.query());
    if (!query.success) {
      throw new FixConfiguration('request.query', 'Cannot read bars: wanted interval=1m or 1d and count=1 to 500');
    }
    const bars = await gateway.call('bars', { symbol: symbolOf(context.req.param('symbol')), ...query.data });
    return context.json(bars);
  });

  return routes;
}

/** @throws FixConfiguration `request.symbol` */
export function symbolOf(text: string): string {
  const read = symbol.safeParse(text);
  if (read.success) return read.data;
  throw new FixConfiguration('request.symbol', `Cannot look up "${text.slice(0, 20)}": wanted six characters`);
}
