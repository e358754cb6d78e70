import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { AlertView } from '#link/alert-api.ts';
import { AlertDesk, type AlertGateway } from './alert-desk.ts';
import type { Alert, Attempt, Channel } from './alert.ts';

interface TriedChannel extends Channel {
  readonly sent: Alert[];
  how: () => Promise<Attempt>;
}

function aChannel(name: string): TriedChannel {
  const channel: TriedChannel = {
    name,
    kind: 'json',
    from: 'notice',
    sent: [],
    how: async () => ({ kind: 'delivered', detail: 'HTTP 200' }),
    send(alert) {
      channel.sent.push(alert);
      return channel.how();
    },
    close: async () => undefined,
  };
  return channel;
}

function onRecord(number: number, code = 'halted'): { number: number; alert: AlertView } {
  const shared = { at: '2026-11-20T01:00:00Z', times: 1, line: null, acknowledged: null, deliveries: [] };
  return { number, alert: { id: `a${number}-0000`, class: 'critical', code, ...shared } };
}

/** A gateway's record, and a switch for its death. */
function aRecord() {
  const record = {
    alerts: [] as { number: number; alert: AlertView }[],
    closed: [] as string[],
    reports: [] as string[],
    isDead: false,
  };
  const gateway: AlertGateway = {
    async next({ after }) {
      if (record.isDead) throw new Error('nobody there');
      const alerts = record.alerts.filter(({ number }) => number > after);
      return { environment: 'paper', count: record.alerts.length, alerts, closed: record.closed };
    },
    async delivered({ id, channel, outcome }) {
      if (record.isDead) throw new Error('nobody there');
      record.reports.push(`${id} ${channel} ${outcome}`);
    },
  };
  return { record, gateway };
}

function aDesk(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'sb-desk-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'watch', 'alerts.json');
  const clock = { ms: 1_000_000 };
  const channels = [aChannel('file'), aChannel('phone')] as const;
  const { record, gateway } = aRecord();
  const open = () =>
    AlertDesk.open({
      channels,
      language: 'en',
      gateway,
      file,
      nowMs: () => clock.ms,
      random: () => 0,
      note: () => undefined,
    });
  return { file, clock, channels, record, open };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('INV-32 AlertDesk sends what is on record once, and tells the record what became of it in each channel', async (context) => {
  const { channels, record, open, clock } = aDesk(context);
  const desk = await open();
  record.alerts.push(onRecord(1));

  for (let turn = 0; turn < 3; turn += 1) {
    await desk.ask();
    await settled();
  }

  for (const { sent } of channels)
    assert.deepEqual(
      sent.map(({ id }) => id),
      ['a1-0000'],
    );
  assert.deepEqual(record.reports, ['a1-0000 file delivered', 'a1-0000 phone delivered']);
  record.closed.push('a1-0000');
  await desk.ask();
  clock.ms += 3_600_000;
  desk.turn();
  assert.equal(channels[0].sent.length, 1, 'acknowledged: it is not sent again');
  await desk.close();
});

test('INV-32 AlertDesk sends its own without the gateway, owes it, and a new watchdog goes on where it was', async (context) => {
  const { channels, record, open, file } = aDesk(context);
  record.isDead = true;
  const desk = await open();
  desk.tell('gateway-lost');
  desk.tell('gateway-lost');
  await assert.rejects(desk.ask());
  await settled();
  const [own] = desk.owed;
  await desk.close();

  const next = await open();

  assert.deepEqual(
    channels[1].sent.map(({ id }) => id),
    [own?.id],
  );
  assert.deepEqual(next.owed, [own]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  record.isDead = false;
  next.paid(next.owed);
  await next.ask();
  assert.deepEqual(record.reports.toSorted(), [`${own?.id} file delivered`, `${own?.id} phone delivered`]);
  assert.equal(channels[1].sent.length, 1);
  await next.close();
});

test('INV-32 AlertDesk says what became of its own alert when the record has the alert, and not before', async (context) => {
  const { record, open } = aDesk(context);
  const desk = await open();
  desk.tell('gateway-lost');
  await settled();

  // The gateway is back, and what it is owed has not reached it yet.
  await desk.ask();
  const before = [...record.reports];
  const [owed] = desk.owed;
  assert.ok(owed !== undefined);
  desk.paid([owed]);
  await desk.ask();

  assert.deepEqual(before, []);
  assert.deepEqual(record.reports.toSorted(), [`${owed.id} file delivered`, `${owed.id} phone delivered`]);
  await desk.close();
});

test('INV-32 AlertDesk delivers through one channel while the other hangs, rests a dead one and says so', async (context) => {
  const { channels, record, open, clock } = aDesk(context);
  const [alive, dead] = channels;
  dead.how = async () => ({ kind: 'again', detail: 'ECONNREFUSED', afterMs: 0 });
  const desk = await open();
  record.alerts.push(onRecord(1));
  await desk.ask();

  for (let second = 0; second < 40; second += 1) {
    clock.ms += 1_000;
    desk.turn();
    await settled();
  }

  assert.deepEqual(
    alive.sent.map(({ code }) => code),
    ['halted', 'channel-down'],
  );
  assert.equal(dead.sent.length, 5, 'the sixth waits for the minute to pass');
  clock.ms += 60_000;
  dead.how = async () => ({ kind: 'delivered', detail: 'HTTP 200' });
  desk.turn();
  await settled();
  assert.deepEqual(
    dead.sent.slice(5).map(({ code }) => code),
    ['halted', 'channel-down'],
  );
  await desk.close();
});

test('INV-32 a slow answer to a notice does not hold up a critical alert', async (context) => {
  const { channels, record, open } = aDesk(context);
  const [, slow] = channels;
  slow.how = () => new Promise(() => undefined);
  const desk = await open();
  record.alerts.push(onRecord(1, 'policy-changed'));
  await desk.ask();

  desk.tell('gateway-lost');

  assert.deepEqual(
    slow.sent.map(({ code }) => code),
    ['policy-changed', 'gateway-lost'],
  );
});

test('INV-32 AlertDesk tells that critical alerts had to make room', async (context) => {
  const { channels, record, open } = aDesk(context);
  for (const channel of channels) channel.how = () => new Promise(() => undefined);
  const desk = await open();
  for (let number = 1; number <= 502; number += 1) record.alerts.push(onRecord(number));

  await desk.ask();

  assert.ok(desk.owed.some(({ code }) => code === 'alerts-dropped'));
});

test('readAlertMemory() takes a damaged memory for none, and is told everything once more', async (context) => {
  const { channels, record, open, file } = aDesk(context);
  const first = await open();
  record.alerts.push(onRecord(1));
  await first.ask();
  await first.close();
  const whole = readFileSync(file, 'utf8');
  assert.ok(whole.includes('a1-0000'));
  writeFileSync(file, whole.slice(0, -10));

  const next = await open();
  await next.ask();
  await settled();

  assert.equal(channels[0].sent.length, 2);
  await next.close();
});
