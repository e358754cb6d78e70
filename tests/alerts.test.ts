import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readHeadLine } from '#journal/head-line.ts';
import { alertReceiver, type AlertReceiver, type Received } from './support/alert-receiver.ts';
import { eventually, startHouse, type House } from './support/house.ts';
import { snowball } from './support/snowball.ts';

/** Real processes, a real SIGKILL, a real receiver. Takes some fifteen seconds. */
describe('alerts of a running house', () => {
  let house: House;
  let receiver: AlertReceiver;
  let folder: string;

  before(async () => {
    receiver = await alertReceiver();
    folder = mkdtempSync(join(tmpdir(), 'snowball-alerts-'));
    const config = join(folder, 'snowball.yaml');
    const channel = `{ name: phone, kind: json, host: '${receiver.host}' }`;
    writeFileSync(config, `strategies: []\nalerts:\n  language: ko\n  channels:\n    - ${channel}\n`);
    const options = { watchdog: { config, alertsOnLoopback: true } };
    house = await startHouse({ hasStrategies: false, options });
    const channels = join(house.home, 'watch', 'channels');
    mkdirSync(channels, { recursive: true, mode: 0o700 });
    writeFileSync(join(channels, 'phone'), `url=http://${receiver.host}/hook\ntoken=canary-token\n`, { mode: 0o600 });
    // The watchdog reads it when it starts.
    house.kill('watchdog');
    await eventually('the channel', 20_000, async () => {
      const { channels: known } = await house.gateway.call('alerts', {});
      return known.some(({ name, state }) => name === 'phone' && state === 'up') ? true : null;
    });
  });
  after(async () => {
    await receiver.close();
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('INV-31 the head of the journal of the day comes as a message that journal verify --head takes', async () => {
    const { body } = await receiver.until(isOf('journal-head'), 5_000);
    const { text } = JSON.parse(body) as { readonly text: string };
    const copied = text.replaceAll(' ', ' \n ');
    const file = join(house.home, 'gateway', 'journal');

    const verified = await snowball(
      { home: house.installation },
      'journal',
      'verify',
      '--file',
      file,
      '--head',
      copied,
    );

    assert.equal(verified.code, 0, verified.errors.join('\n'));
    assert.ok(readHeadLine(text).sequence > 0);
  });

  it('INV-32 snowball alerts test goes through every channel and says what each answered', async () => {
    const tested = await snowball({ home: house.installation }, 'alerts', 'test', '--json');

    assert.equal(tested.code, 0, tested.errors.join('\n'));
    assert.deepEqual(JSON.parse(tested.out), [
      { channel: 'file', outcome: 'delivered', detail: 'written' },
      { channel: 'phone', outcome: 'delivered', detail: 'HTTP 200' },
    ]);
    const { headers, path } = await receiver.until(isOf('test'), 1_000);
    assert.equal(headers.authorization, 'Bearer canary-token');
    assert.equal(path, '/hook');
  });

  it('INV-32 a killed gateway reaches the person within five seconds, and is on record with the halt', async (test) => {
    const killedAtMs = performance.now();
    house.kill('gateway');

    const { atMs, body } = await receiver.until(isOf('gateway-lost'), 5_000);

    test.diagnostic(`told after ${Math.round(atMs - killedAtMs)} ms`);
    assert.ok(atMs - killedAtMs <= 5_000);
    const { id, class: severity } = JSON.parse(body) as { readonly id: string; readonly class: string };
    assert.equal(severity, 'critical');
    const recorded = await eventually('the record', 20_000, async () => {
      const { alerts } = await house.gateway.call('alerts', {});
      return alerts.find((alert) => alert.id === id && alert.deliveries.length >= 2) ?? null;
    });
    assert.deepEqual(recorded.deliveries.map(({ channel, outcome }) => `${channel} ${outcome}`).sort(), [
      'file delivered',
      'phone delivered',
    ]);
    assert.notEqual((await house.gateway.call('status', {})).halted, null);
    const listed = await snowball({ home: house.installation }, 'alerts');
    assert.match(listed.out, new RegExp(`! ${id} `));
    const said = await snowball({ home: house.installation }, 'alerts', 'acknowledge', id);
    assert.match(said.out, /^Acknowledged\./);
  });

  it('INV-32 a watchdog that was killed tells nothing twice', async () => {
    house.kill('watchdog');
    const tested = await eventually('a test alert', 20_000, async () => {
      const { id } = await house.gateway.call('testAlerts', {});
      return receiver.until(({ body }) => body.includes(id), 2_000);
    });

    const ids = receiver.received.map(({ body }) => (JSON.parse(body) as { readonly id: string }).id);
    assert.ok(ids.length >= 4 && tested);
    assert.deepEqual(ids, [...new Set(ids)]);
  });

  it('INV-20 no token, address, account or amount stands in a message, a log or the journal', () => {
    const bodies = receiver.received.map(({ body }) => body).join('\n');
    assert.doesNotMatch(bodies, /\d{8}-\d{2}|canary-token|hook|원\b|KRX:/);
    for (const file of ['watch/log', 'watch/alerts.jsonl', 'watch/alerts.json', 'gateway/journal', 'gateway/log']) {
      const path = join(house.home, file);
      if (!existsSync(path) || !statSync(path).isFile()) continue;
      assert.doesNotMatch(readFileSync(path, 'utf8'), /canary-token|\/hook/, file);
    }
    assert.equal(statSync(join(house.home, 'watch', 'alerts.json')).mode & 0o077, 0);
  });
});

function isOf(code: string): (request: Received) => boolean {
  return ({ body }) => (JSON.parse(body) as { readonly code: string }).code === code;
}
