import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { sessionOf, type Doorman } from '../auth/doorman.ts';
import type { LiveFeed } from '../live-feed.ts';
import { LiveOutbox } from '../live-outbox.ts';
import { refusal } from '../refusal.ts';
import { symbolOf } from './reading.ts';

const streamsMax = 16;
/** At most ten sendings a second. */
const flushEveryMs = 100;
const heartbeatEveryMs = 5_000;
/** A browser that takes nothing for this long is let go; it connects again by itself. */
const stuckAfterMs = 30_000;

/** Live changes as server-sent events; `?symbol=` adds the order book of one instrument. */
export function eventRoutes(doorman: Doorman, feed: LiveFeed): Hono {
  const routes = new Hono();
  let streams = 0;

  routes.get('/events', (context) => {
    if (streams >= streamsMax) {
      return refusal(context, 503, 'events.full', `Too many live pages are open: ${streams}, at most ${streamsMax}`);
    }
    const asked = context.req.query('symbol');
    const watched = asked === undefined ? null : symbolOf(asked);
    streams += 1;
    return streamSSE(context, async (stream) => {
      const outbox = new LiveOutbox();
      outbox.add('links', feed.links);
      const stop = feed.listen((name, data) => {
        if (name !== 'book' || ('symbol' in data && data.symbol === watched)) outbox.add(name, data);
      });
      try {
        await pump(stream, outbox, () => sessionOf(doorman, context)?.level === 'open');
      } finally {
        stop();
        streams -= 1;
      }
    });
  });

  return routes;
}

/** Sends what has gathered, ten times a second, until the browser leaves, is stuck, or its session ends. */
async function pump(stream: SSEStreamingApi, outbox: LiveOutbox, mayStay: () => boolean): Promise<void> {
  let beatAt = 0;
  while (!stream.aborted && !stream.closed && mayStay()) {
    const messages = outbox.take();
    if (performance.now() - beatAt >= heartbeatEveryMs) {
      beatAt = performance.now();
      messages.push({ name: 'heartbeat', data: {} });
    }
    const sending = sendAll(stream, messages);
    const sent = await Promise.race([sending.then(() => true), stream.sleep(stuckAfterMs).then(() => false)]);
    if (!sent) return;
    await stream.sleep(flushEveryMs);
  }
}

async function sendAll(stream: SSEStreamingApi, messages: readonly { name: string; data: unknown }[]): Promise<void> {
  for (const { name, data } of messages) await stream.writeSSE({ event: name, data: JSON.stringify(data) });
}
