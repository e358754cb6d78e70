import { Hono } from 'hono';
import { z } from 'zod';
import { limitMethods } from '#link/limit-api.ts';
import { alertListView } from '../alert-list-view.ts';
import { checkPassphrase, passphraseRefusal } from '../auth/check-passphrase.ts';
import type { Doorman } from '../auth/doorman.ts';
import type { LinkClients } from '../link-clients.ts';
import { bodyOf } from './body.ts';
import { recorder } from './login.ts';

const haltBody = z.strictObject({ reason: z.string().min(1).max(200) });
const nothing = z.strictObject({});
const resumeBody = z.strictObject({ code: z.string().regex(/^\d{6}$/), passphrase: z.string().min(1).max(500) });
const symbolBody = limitMethods.listSymbol.params;
const wishBody = limitMethods.tightenLimit.params;
const withdrawBody = limitMethods.withdrawLimit.params;

/** Stop everything, and start again. */
export function safetyRoutes(clients: LinkClients, doorman: Doorman): Hono {
  const { gateway } = clients;
  const record = recorder(clients);
  const routes = new Hono();
  routes.post('/halt', async (context) => {
    const { reason } = await bodyOf(context, haltBody);
    return context.json(await gateway.call('halt', { reason }));
  });
  routes.post('/resume/prepare', async (context) => {
    await bodyOf(context, nothing);
    return context.json(await gateway.call('prepareResume', {}));
  });
  // The page's own passphrase besides its session, so that a stolen cookie goes one step only. Where the web may not act
  // by itself the gateway refuses it all the same: the second step is the terminal's.
  routes.post('/resume', async (context) => {
    const { code, passphrase } = await bodyOf(context, resumeBody);
    const check = await checkPassphrase(doorman, passphrase);
    if (check.kind !== 'right') {
      record(check.kind === 'locked' ? 'locked' : 'refused', 'passphrase');
      return passphraseRefusal(context, check);
    }
    return context.json(await gateway.call('resume', { code }));
  });
  // Acknowledged at the terminal: whoever takes over the web must not be able to silence an alert.
  routes.get('/alerts', async (context) => context.json(alertListView(await gateway.call('alerts', {}))));
  routes.get('/limit-policy', async (context) => context.json(await gateway.call('limitPolicy', {})));
  routes.get('/blast-radius', async (context) => context.json(await gateway.call('blastRadius', {})));
  routes.post('/limits/tighten', async (context) => {
    const wish = await bodyOf(context, wishBody);
    return context.json(await gateway.call('tightenLimit', wish));
  });
  routes.post('/limits/loosen', async (context) => {
    const wish = await bodyOf(context, wishBody);
    return context.json(await gateway.call('loosenLimit', wish));
  });
  routes.post('/limits/withdraw', async (context) => {
    const { id } = await bodyOf(context, withdrawBody);
    return context.json(await gateway.call('withdrawLimit', { id }));
  });
  routes.post('/universe/list', async (context) => {
    const { symbol } = await bodyOf(context, symbolBody);
    return context.json(await gateway.call('listSymbol', { symbol }));
  });
  routes.post('/universe/unlist', async (context) => {
    const { symbol } = await bodyOf(context, symbolBody);
    return context.json(await gateway.call('unlistSymbol', { symbol }));
  });
  return routes;
}
