import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { test, type TestContext } from 'node:test';
import { readAlertConfig } from './alert-config.ts';
import { alertMessage } from './alert-message.ts';
import { openChannels } from './open-channels.ts';
import { OwnAlerts } from './own-alerts.ts';
import { readWebhookAddress } from './webhook-address.ts';

function aFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sb-channels-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

test('readAlertConfig() names file, line and the one thing that is wrong', async (context) => {
  const file = join(aFolder(context), 'snowball.yaml');
  const said = async (channel: string): Promise<string> => {
    writeFileSync(file, `strategies: []\nalerts:\n  channels:\n    - ${channel}\n`);
    return readAlertConfig(file).then(({ channels }) => JSON.stringify(channels), sentenceOf);
  };

  assert.equal(
    await said('{ name: phone, kind: telegram, host: api.telegram.org }'),
    '[{"name":"phone","kind":"telegram","host":"api.telegram.org","from":"notice"}]',
  );
  assert.match(await said('{ name: phone, kind: pager, host: a.example }'), /line 2: "alerts\.channels\.0\.kind"/);
  assert.match(await said('{ name: phone, kind: json, host: https://a.example/hook }'), /the address itself goes into/);
  assert.match(await said('{ name: phone, kind: json, host: a.example, token: x }'), /Unrecognized key/);
  assert.match(await said('{ name: file, kind: json, host: a.example }'), /"file" is always there/);
  const twice = '{ name: a, kind: json, host: a.example }';
  assert.match(await said(`${twice}\n    - ${twice}`), /the name "a" stands twice/);
  assert.deepEqual(await readAlertConfig(join(aFolder(context), 'none')), { language: null, channels: [] });
});

test('INV-20 readWebhookAddress() takes a file of the owner alone, of the host in the configuration, and prints nothing of it', async (context) => {
  const folder = aFolder(context);
  const file = join(folder, 'phone');
  const options = { name: 'phone', host: 'api.telegram.org', folder, credentials: undefined, mayBeLoopback: false };
  const said = (content: string, mode = 0o600, kind: 'telegram' | 'json' = 'json'): Promise<string> => {
    writeFileSync(file, content);
    chmodSync(file, mode);
    return readWebhookAddress({ ...options, kind }).then((address) => inspect(address), sentenceOf);
  };
  const good = 'url=https://api.telegram.org/bot1:canary/sendMessage\n';

  const printed = await said(`# mine\n${good}chat=canary-chat\ntoken=canary-token\n`, 0o600, 'telegram');
  assert.match(printed, /origin: 'https:\/\/api\.telegram\.org'/);
  const refused = {
    mode: await said(good, 0o644),
    host: await said('url=https://api.telegram.org.evil.example/bot1:canary\n'),
    plain: await said('url=http://api.telegram.org/bot1:canary\n'),
    here: await said('url=https://127.0.0.1/bot1:canary\n'),
    name: await said('url=https://localhost/bot1:canary\n'),
    numbers: await said('url=https://169.254.169.254/bot1:canary\n'),
    password: await said(['url=https://a', 'canary@api.telegram.org/\n'].join(':')),
    chat: await said(good, 0o600, 'telegram'),
    line: await said(`${good}secret=canary\n`),
    none: await said('token=canary\n'),
  };
  assert.match(refused.mode, /its mode is 644, wanted 600/);
  assert.match(refused.host, /another host than "api\.telegram\.org"/);
  assert.match(refused.plain, /does not begin with https/);
  assert.match(refused.here, /of this machine/);
  assert.match(refused.name, /of this machine/);
  assert.match(refused.numbers, /an address of numbers/);
  assert.match(refused.password, /has a password in it/);
  assert.match(refused.chat, /Telegram needs a line chat=/);
  assert.match(refused.line, /none of url=, token= and chat=/);
  assert.match(refused.none, /no line url=/);
  for (const text of [printed, ...Object.values(refused)]) assert.doesNotMatch(text, /canary/);
});

test('readWebhookAddress() takes a systemd credential before the file', async (context) => {
  const [folder, credentials] = [aFolder(context), aFolder(context)];
  writeFileSync(join(credentials, 'alert-phone'), 'url=https://hooks.example.com/a\n', { mode: 0o440 });
  const options = { name: 'phone', kind: 'json', host: 'hooks.example.com', folder, mayBeLoopback: false } as const;

  assert.equal((await readWebhookAddress({ ...options, credentials })).url.reveal(), 'https://hooks.example.com/a');
});

test('INV-32 a channel that cannot be used is said, and the others and the file go on', async (context) => {
  const home = aFolder(context);
  const config = join(home, 'snowball.yaml');
  const channel = (name: string): string => `{ name: ${name}, kind: slack, host: hooks.slack.com }`;
  writeFileSync(config, `alerts:\n  channels:\n    - ${channel('good')}\n    - ${channel('absent')}\n`);
  mkdirSync(join(home, 'watch', 'channels'), { recursive: true });
  writeFileSync(join(home, 'watch', 'channels', 'good'), 'url=https://hooks.slack.com/services/x\n', { mode: 0o600 });
  const faults: string[] = [];
  const onFault = (sentence: string): void => void faults.push(sentence);

  const { channels } = await openChannels({ home, config, mayBeLoopback: false, onFault });
  writeFileSync(config, 'alerts: [\n');
  const broken = await openChannels({ home, config, mayBeLoopback: false, onFault });

  assert.deepEqual(
    channels.map(({ name }) => name),
    ['file', 'good'],
  );
  assert.match(faults[0] ?? '', /Cannot use the alert channel "absent".*it is not there.*\[watch\.alert-credential\]$/);
  assert.deepEqual(
    broken.channels.map(({ name }) => name),
    ['file'],
  );
  assert.match(faults[1] ?? '', /\[watch\.alert-config\]$/);
  await Promise.all(channels.map((opened) => opened.close()));
});

test('INV-32 alertMessage() says class, what happened, the time in Seoul and the id, in both languages', () => {
  const alert = { id: 'w-1a2b', code: 'gateway-lost', at: '2026-11-20T15:30:01.5Z', line: null };

  assert.equal(
    alertMessage(alert, 'ko', 'paper'),
    '[긴급] 스노우볼 모의: 게이트웨이가 답하지 않아요. 열린 주문을 취소하고 있어요.\n2026-11-21 00:30:01 KST · snowball alerts acknowledge w-1a2b',
  );
  assert.match(alertMessage({ ...alert, code: 'unheard-of' }, 'en', null), /^\[Warning\] Snowball: Something happened/);
});

test('INV-32 OwnAlerts tells of lost processes, of dead data, and of orders that nobody can say are gone', () => {
  const told: string[] = [];
  const own = new OwnAlerts((code) => told.push(code));
  for (const name of ['gateway', 'standby', 'server', 'runner']) own.noted('lost', { name }, 0);
  own.noted('data-silent', {}, 1);
  assert.deepEqual(told.splice(0), ['gateway-lost', 'standby-lost', 'server-lost', 'data-silent']);

  own.noted('swept', { outcome: 'still-open' }, 1);
  own.noted('swept', { outcome: 'verified' }, 1);
  own.noted('swept', { outcome: 'no-lease' }, 0);
  own.noted('swept', { outcome: 'not-listed' }, 1);
  assert.deepEqual(told, []);
  own.noted('failed', { what: 'sweep' }, 1);
  assert.deepEqual(told, ['orders-left']);
});
