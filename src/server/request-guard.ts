import type { Context, MiddlewareHandler } from 'hono';
import { refusal } from './refusal.ts';

const reading = new Set(['GET', 'HEAD']);

/**
 * Lets in only what our own pages send: a Host that is ours (against DNS rebinding), nothing another site started,
 * and for writes an Origin that is ours and a JSON body. No CORS header is ever sent.
 *
 * @param port the port we really listen on
 */
export function requestGuard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    const host = context.req.header('host') ?? '';
    if (!hosts.includes(host)) return refusal(context, 421, 'request.host', `Host "${host.slice(0, 80)}" is not ours`);
    const wrong = reading.has(context.req.method) ? wrongRead(context) : wrongWrite(context, host);
    if (wrong !== null) return refusal(context, 403, 'request.origin', wrong);
    return next();
  };
}

/** A link typed or followed from elsewhere may open a page, never read data. */
function wrongRead(context: Context): string | null {
  if (!context.req.path.startsWith('/api/')) return null;
  const site = context.req.header('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return null;
  return `Sec-Fetch-Site is "${site}", wanted same-origin`;
}

function wrongWrite(context: Context, host: string): string | null {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return `Sec-Fetch-Site is "${site}", wanted same-origin`;
  const origin = context.req.header('origin');
  if (origin !== `http://${host}`) return `Origin is "${(origin ?? '').slice(0, 80)}", wanted "http://${host}"`;
  const type = context.req.header('content-type') ?? '';
  if (!type.startsWith('application/json')) return 'Content-Type is not application/json';
  return null;
}
