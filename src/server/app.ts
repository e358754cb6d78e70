import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { SnowballError } from '#domain/errors.ts';
import type { Environment } from '#domain/environment.ts';
import { openOnly, type Doorman } from './auth/doorman.ts';
import type { LinkClients } from './link-clients.ts';
import type { LiveFeed } from './live-feed.ts';
import { refusal } from './refusal.ts';
import { requestGuard } from './request-guard.ts';
import { backtestRoutes } from './routes/backtests.ts';
import { drillRoutes } from './routes/drill.ts';
import { eventRoutes } from './routes/events.ts';
import { loginRoutes } from './routes/login.ts';
import { orderRoutes } from './routes/orders.ts';
import { readingRoutes } from './routes/reading.ts';
import { safetyRoutes } from './routes/safety.ts';
import { securityHeaders } from './security-headers.ts';
import type { TestbedConsole } from './testbed-console.ts';
import type { WebFiles } from './web-files.ts';

export interface AppOptions {
  /** The port we really listen on; asked at every request. */
  readonly port: () => number;
  readonly environment: Environment;
  readonly doorman: Doorman;
  readonly clients: LinkClients;
  readonly feed: LiveFeed;
  readonly files: WebFiles;
  /** The simulated broker's console; null outside trial mode. */
  readonly drill: TestbedConsole | null;
}

const bodyMax = 256 * 1024;

/** Pages and their data. Everything under /api but the login asks for an open session. */
export function createApp(options: AppOptions): Hono {
  const { doorman, clients } = options;
  const app = new Hono();

  app.use(securityHeaders);
  app.use(requestGuard(options.port));
  app.use(bodyLimit({ maxSize: bodyMax, onError: tooLarge }));
  app.onError((error, context) => failure(error, context));
  app.notFound((context) => refusal(context, 404, 'request.path', 'There is nothing at this address'));

  app.route('/api', loginRoutes(doorman, clients));
  app.use('/api/*', openOnly(doorman));
  app.route('/api', readingRoutes(clients));
  app.route('/api', orderRoutes(clients, options.environment));
  app.route('/api', safetyRoutes(clients, doorman));
  app.route('/api', backtestRoutes(clients));
  app.route('/api', drillRoutes(options.drill));
  app.route('/api', eventRoutes(doorman, options.feed));
  app.all('/api/*', (context) => refusal(context, 404, 'request.path', 'There is nothing at this address'));
  app.get('*', (context) => options.files.answer(context));
  return app;
}

function tooLarge(context: Context): Response {
  return refusal(context, 413, 'request.large', `The body is larger than ${bodyMax} bytes`);
}

/** Our own errors keep their words, which hold no secret; anything else is told to the log and not to the browser. */
function failure(error: Error, context: Context): Response {
  if (error instanceof SnowballError) {
    const status = error.nextStep === 'fix-configuration' ? 400 : 503;
    return refusal(context, status, error.code, error.message);
  }
  process.stderr.write(`Cannot answer ${context.req.method} ${context.req.path}: ${error.stack ?? error.message}\n`);
  return refusal(context, 500, 'server.internal', 'Cannot answer: an error inside the server, see its log');
}
