import { Hono } from 'hono';
import { z } from 'zod';
import type { LinkClients } from '../link-clients.ts';
import { bodyOf } from './body.ts';

const haltBody = z.strictObject({ reason: z.string().min(1).max(200) });
const nothing = z.strictObject({});

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
  return routes;
}
