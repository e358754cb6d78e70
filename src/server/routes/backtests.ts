import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { RetryLater } from '#domain/errors.ts';
import { symbol } from '#link/views.ts';
import { backtestResultView } from '../backtest-result-view.ts';
import type { LinkClients } from '../link-clients.ts';
import { reportScriptHash } from '../report-script-hash.ts';
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

/**
 * The report is one self-contained file meant to be kept, so its styles are inline: each is allowed by its own hash. Of
 * scripts only the one that every report has may run, by a hash that is written down here and not taken from the file:
 * whatever else a file holds stays text. `sandbox` takes the page out of our origin, so that even that script reaches no
 * cookie and no door of ours, and nothing can be fetched.
 */
function reportPolicy(html: string): string {
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  const style = styles.length === 0 ? "'none'" : styles.join(' ');
  return `sandbox allow-scripts; default-src 'none'; script-src '${reportScriptHash}'; style-src ${style}; frame-ancestors 'none'; base-uri 'none'`;
}
