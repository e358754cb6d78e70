import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Broker, BrokerStream, Credentials, StreamListener } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { Secret } from '#domain/secret.ts';
import type { Approved } from '#guard/approved.ts';
import { SessionDoor } from './session-door.ts';
import { sessionBroker } from './session-broker.ts';
import type { SessionWindow } from './session-window.ts';

const open: SessionWindow = { kind: 'open', closesAt: Temporal.Instant.from('2026-11-23T07:00:00Z') };
const closed: SessionWindow = { kind: 'closed', opensAt: Temporal.Instant.from('2026-11-22T23:10:00Z') };
const samsung: InstrumentId = 'KRX:005930';

function aScene() {
  let window: SessionWindow = closed;
  const outside: string[] = [];
  const calls: string[] = [];
  const door = new SessionDoor({ window: () => window, onOutside: (what) => void outside.push(what) });
  const said = async (what: string) => {
    calls.push(what);
    return { kind: 'not-sent', cause: 'test' } as const;
  };
  const stream: BrokerStream = {
    watch: (instruments) => {
      calls.push(`watch ${instruments.join()}`);
      return { used: 2, limit: 41, unwatched: [], withoutBook: [] };
    },
    close: async () => void calls.push('stream closed'),
  };
  const broker = {
    name: 'test',
    capabilities: { registrationsMax: 41 },
    place: () => said('place'),
    cancel: () => said('cancel'),
    amend: () => said('amend'),
    balance: () => said('balance'),
    minuteBars: () => said('bars'),
    openStream: async () => {
      calls.push('stream opened');
      return stream;
    },
    signOut: async () => {
      calls.push(`signed out with ${credentials.appSecret().reveal()}`);
    },
  } as unknown as Broker;
  const secret = new Secret('s3cret');
  const credentials = door.behind({
    appKey: () => secret,
    appSecret: () => secret,
    loadToken: () => ({ token: secret, expiresAt: Temporal.Instant.from('2026-11-24T00:00:00Z') }),
  } as unknown as Credentials);
  const shown = sessionBroker(broker, door);
  return { door, shown, credentials, outside, calls, set: (next: SessionWindow) => (window = next) };
}

test('N01 an order outside the session is not sent, says when the window opens, and is told as an incident', async () => {
  const { shown, outside, calls } = aScene();

  const results = [
    await shown.place({} as Approved),
    await shown.cancel({} as never),
    await shown.amend({} as never, {} as Approved),
  ];

  for (const result of results) {
    assert.equal(result.kind, 'not-sent');
    assert.match('cause' in result ? result.cause : '', /the window opens at 2026-11-23 08:10 in Seoul/);
  }
  assert.deepEqual(outside, ['send the order', 'cancel the order', 'amend the order']);
  assert.deepEqual(calls, []);
});

test('N01 no key, no token and no read is to be had outside the session', async () => {
  const { shown, credentials, outside, calls } = aScene();

  assert.throws(() => credentials.appSecret(), { code: 'gateway.session-closed' });
  assert.equal(credentials.loadToken(), null);
  await assert.rejects(shown.balance(), { code: 'gateway.session-closed' });
  await assert.rejects(shown.minuteBars(samsung, 5), { code: 'gateway.session-closed' });

  assert.deepEqual(outside, ['use the key of the broker'], 'a read is refused and is no incident');
  assert.deepEqual(calls, []);
});

test('the stream of a session opens with its window with what was wanted before, and the token is dropped at its end', async () => {
  const { door, shown, credentials, calls, set } = aScene();
  const states: string[] = [];
  const listener = { onState: ({ kind }: { kind: string }) => void states.push(kind) } as unknown as StreamListener;

  const stream = await shown.openStream(listener);
  assert.deepEqual(stream.watch([samsung]).unwatched, [samsung]);
  set(open);
  shown.sessionOpened();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(credentials.appSecret().reveal(), 's3cret');
  set(closed);
  door.start({ opened: () => undefined, closed: () => shown.sessionClosed() });
  await new Promise((resolve) => setImmediate(resolve));
  door.stop();

  const wanted = ['stream opened', 'watch KRX:005930', 'stream closed', 'signed out with s3cret'];
  assert.deepEqual(calls, wanted);
  assert.deepEqual(states, ['closed']);
  assert.throws(() => credentials.appSecret(), { code: 'gateway.session-closed' });
});
