import { Hono } from 'hono';
import { z } from 'zod';
import { RetryLater } from '#domain/errors.ts';
import { symbol } from '#link/views.ts';
import { backtestResultView } from '../backtest-result-view.ts';
import type { LinkClients } from '../link-clients.ts';
import { reportPolicy } from '../report-policy.ts';
import { bodyOf } from './body.ts';

const startBody = z.strictObject({
  strategy: z.string().min(1).max(64),
  symbols: z.array(symbol).min(1).max(100),
  from: z.int(),
  to: z.int(),
  cash: z.int().positive(),
  overrides: z.record(z.string().max(40), z.number()),
});

/** Starting, watching and reading a backtest of the runner. */
export function backtestRoutes({ runner }: LinkClients): Hono {
  const routes = new Hono();

  routes.post('/backtests', async (context) =>
    context.json(await runner.call('startBacktest', await bodyOf(context, startBody))),
  );
  routes.get('/backtests/:id', async (context) =>
    context.json(await runner.call('backtest', { jobId: context.req.param('id') })),
  );
  routes.post('/backtests/:id/cancel', async (context) =>
    context.json(await runner.call('cancelBacktest', { jobId: context.req.param('id') })),
  );
  routes.get('/backtests/:id/result', async (context) => {
    const { result } = await runner.call('backtestResult', { jobId: context.req.param('id') });
    const read = backtestResultView.safeParse(result);
    if (read.success) return context.json(read.data);
    const issue = read.error.issues[0];
    throw new RetryLater('backtest.result', `Cannot read the result: ${issue?.path.join('.')}: ${issue?.message}`);
  });
  routes.get('/backtests/:id/report', async (context) => {
    const { html } = await runner.call('backtestResult', { jobId: context.req.param('id') });
    context.header('content-security-policy', reportPolicy(html));
    return context.html(html);
  });

  return routes;
}
