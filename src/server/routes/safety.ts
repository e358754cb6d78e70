import { Hono } from 'hono';
import { z } from 'zod';
import { limitMethods } from '#link/limit-api.ts';
import type { LinkClients } from '../link-clients.ts';
import { bodyOf } from './body.ts';

const haltBody = z.strictObject({ reason: z.string().min(1).max(200) });
const nothing = z.strictObject({});
const wishBody = limitMethods.tightenLimit.params;
const withdrawBody = limitMethods.withdrawLimit.params;

/** Stop everything, and start again. */
export function safetyRoutes({ gateway }: LinkClients): Hono {
  const routes = new Hono();
  routes.post('/halt', async (context) => {
    const { reason } = await bodyOf(context, haltBody);
    return context.json(await gateway.call('halt', { reason }));
  });
  routes.post('/resume', async (context) => {
    await bodyOf(context, nothing);
    // The person has taken both steps on the page: asked, and held the button.
    const { code } = await gateway.call('prepareResume', {});
    return context.json(await gateway.call('resume', { code }));
  });
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
  return routes;
}
