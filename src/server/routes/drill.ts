import { Hono } from 'hono';
import { z } from 'zod';
import type { DrillView } from '../drill-view.ts';
import { drillClockChange, drillFault } from '../drill-view.ts';
import { refusal } from '../refusal.ts';
import type { TestbedConsole } from '../testbed-console.ts';
import { bodyOf } from './body.ts';

const which = z.strictObject({ id: z.int().positive().nullable() });
const absent: DrillView = { state: 'absent' };

/**
 * Fault drills and the market clock of trial mode. Without a simulated broker the page is told so and every change is
 * refused: no request of these ever leaves for anything else.
 */
export function drillRoutes(console: TestbedConsole | null): Hono {
  const routes = new Hono();
  routes.get('/drill', async (context) => context.json(console === null ? absent : await console.view()));
  if (console === null) {
    routes.post('/drill/*', (context) =>
      refusal(context, 403, 'drill.absent', 'There is no simulated broker here: drills are for trial mode only'),
    );
    return routes;
  }
  routes.post('/drill/faults', async (context) =>
    context.json(await console.addFault(await bodyOf(context, drillFault))),
  );
  routes.post('/drill/faults/clear', async (context) => {
    const { id } = await bodyOf(context, which);
    return context.json(await console.clearFaults(id));
  });
  routes.post('/drill/clock', async (context) =>
    context.json(await console.changeClock(await bodyOf(context, drillClockChange))),
  );
  return routes;
}
