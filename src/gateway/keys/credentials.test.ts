import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { Secret } from '#domain/secret.ts';
import { createVault } from '#vault/create-vault.ts';
import { kdfFloor } from '#vault/kdf.ts';
import { generatePassphrase } from '#vault/passphrase.ts';
import type { Vault } from '#vault/vault.ts';
import { kisConformanceControl } from '#brokers/kis/simulator/conformance-control.ts';
import { startKisSimulator } from '#brokers/kis/simulator/start.ts';
import { stillMarket } from '#brokers/kis/simulator/venue/floor/still-market.ts';
import { machineClock } from '#brokers/kis/simulator/venue/venue-clock.ts';
import { KisSignIn } from '#brokers/kis/calls/auth.ts';
import { createHttpClient } from '#wire/http-client.ts';
import { sealedCredentials, type SealedCredentials } from './credentials.ts';
import { TokenShelf } from './token-shelf.ts';

const appKey = 'PSshelfAppKey0123456789abcdefghijklm';
const appSecret = 'shelfAppSecret0123456789==';
const noon = Temporal.Instant.from('2026-11-20T03:00:00Z');
const asker = fileURLToPath(new URL('../fixtures/token-asker.ts', import.meta.url));

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'shelf-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function aShelf(folder: string, changes: { environment?: BrokerEnvironment; appSecret?: string } = {}): TokenShelf {
  return new TokenShelf({
    folder,
    broker: 'kis',
    environment: changes.environment ?? 'paper',
    appKey: () => new Secret(appKey),
    appSecret: () => new Secret(changes.appSecret ?? appSecret),
    lockWaitMs: 100,
  });
}

async function aVault(folder: string, environment: BrokerEnvironment): Promise<Vault> {
  const vault = await createVault({
    file: join(folder, 'vault'),
    passphrase: new Secret(generatePassphrase()),
    kdf: kdfFloor,
  });
  const values = { 'app-key': appKey, 'app-secret': appSecret, account: '1234567801', 'hts-id': 'someone' };
  for (const [type, value] of Object.entries(values)) {
    await vault.put(`kis.${environment}.${type}`, new Secret(value), { broker: 'kis', environment, type });
  }
  return vault;
}

function credentialsOf(vault: Vault, folder: string, environment: BrokerEnvironment): SealedCredentials {
  const onFault = (error: unknown): void => assert.fail(String(error));
  return sealedCredentials({ vault, broker: 'kis', environment, tokenFolder: join(folder, 'tokens'), onFault });
}

test('TokenShelf gives a token to every process with the key, and shows it to nobody else', async (context) => {
  const folder = folderOf(context);
  await aShelf(folder).keep(new Secret('the.token'), noon, noon);

  const kept = aShelf(folder).token();

  assert.deepEqual([kept?.token.reveal(), kept?.expiresAt.toString()], ['the.token', noon.toString()]);
  assert.equal(aShelf(folder).askedAt()?.toString(), noon.toString());
  for (const name of readdirSync(folder)) {
    const content = readFileSync(join(folder, name), 'latin1');
    for (const secret of ['the.token', appKey, appSecret]) assert.ok(!`${name}${content}`.includes(secret));
    assert.equal(statSync(join(folder, name)).mode & 0o077, 0);
  }
});

test('TokenShelf opens no token of the other environment, of another secret, or that was changed', async (context) => {
  const folder = folderOf(context);
  await aShelf(folder).keep(new Secret('the.token'), noon, noon);

  assert.equal(aShelf(folder, { environment: 'real' }).token(), null);
  assert.equal(aShelf(folder, { appSecret: 'another' }).token(), null);

  const [name = ''] = readdirSync(folder);
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { sealed: string };
  const sealed = Buffer.from(file.sealed, 'base64');
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    writeFileSync(join(folder, name), JSON.stringify({ ...file, sealed: changed.toString('base64') }));
    assert.equal(aShelf(folder).token(), null);
  }
  writeFileSync(join(folder, name), 'half a fi');
  assert.deepEqual([aShelf(folder).token(), aShelf(folder).askedAt()], [null, null]);
});

test('TokenShelf lets one at a time ask, and says who waited in vain', async (context) => {
  const folder = folderOf(context);
  let leave: () => void = () => {};
  const first = aShelf(folder).alone(() => new Promise<void>((resolve) => (leave = resolve)));

  await assert.rejects(
    aShelf(folder).alone(async () => undefined),
    { code: 'gateway.token-busy' },
  );
  leave();
  await first;

  assert.equal(await aShelf(folder).alone(async () => 'mine'), 'mine');
});

test('sealedCredentials() keeps the token for the next start, forgets it on an empty one, and remembers the issue', async (context) => {
  const folder = folderOf(context);
  const vault = await aVault(folder, 'paper');
  const first = credentialsOf(vault, folder, 'paper');
  await first.saveToken(new Secret('the.token'), noon, noon);

  assert.equal(credentialsOf(vault, folder, 'paper').loadToken()?.token.reveal(), 'the.token');
  assert.equal(first.tokenExpiresAt()?.toString(), noon.toString());
  await first.saveToken(new Secret(''), noon, noon);

  assert.equal(credentialsOf(vault, folder, 'paper').loadToken(), null);
  assert.equal(credentialsOf(vault, folder, 'paper').tokenIssuedAt?.()?.toString(), noon.toString());
});

test('sealedCredentials() reads the day of issue that the person put, and none without it', async (context) => {
  const folder = folderOf(context);
  const vault = await aVault(folder, 'real');
  const credentials = credentialsOf(vault, folder, 'real');
  assert.equal(credentials.keyIssuedOn(), null);

  const label = { broker: 'kis', environment: 'real', type: 'key-issued-on' } as const;
  await vault.put('kis.real.key-issued-on', new Secret('2026-01-05'), label);
  assert.equal(credentials.keyIssuedOn()?.toString(), '2026-01-05');
  await vault.put('kis.real.key-issued-on', new Secret('last winter'), label);

  assert.equal(credentials.keyIssuedOn(), null);
});

/** A KIS that issues a new token for each ask, slowly, and never complains: only the asking side can hold back. */
async function issuer(context: TestContext): Promise<{ rest: string; issued: () => number }> {
  let issued = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const isIssue = request.url === '/oauth2/tokenP';
    if (isIssue) issued += 1;
    const body = isIssue
      ? { access_token: `token.${issued}`, token_type: 'Bearer', expires_in: 86_400 }
      : { rt_cd: '1', msg_cd: 'EGW00123', msg1: '' };
    setTimeout(() => response.writeHead(isIssue ? 200 : 500).end(JSON.stringify(body)), isIssue ? 60 : 0);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  return { rest: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, issued: () => issued };
}

async function ask(rest: string, folder: string, calls: 'token' | 'read'): Promise<string> {
  const child = spawn(process.execPath, [asker, rest, folder, calls], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return output.trim();
}

test('two processes with one key, started together, make the simulated KIS issue once and use the same token', async (context) => {
  const simulator = await startKisSimulator({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    console: 0,
    profile: '2026-09',
    permissive: false,
    limits: false,
    session: 'regular',
    home: null,
    market: stillMarket(),
    clock: machineClock(),
    // Only the asking side can hold back here.
    tokenThrottleSeconds: 0,
    credentials: { paper: { appKey, appSecret, account: '1234567801' } },
  });
  context.after(() => simulator.close());
  const { rest, console } = simulator.hosts;
  const folder = folderOf(context);

  const tokens = await Promise.all([ask(rest, folder, 'token'), ask(rest, folder, 'token')]);

  assert.match(tokens[0] ?? '', /^eyJ/);
  assert.equal(tokens[0], tokens[1]);
  assert.equal(await kisConformanceControl(console, 'paper').tokensIssued(), 1);
});

test('a process that starts after one whose token was refused asks for none within the minute', async (context) => {
  const { rest, issued } = await issuer(context);
  const folder = folderOf(context);

  assert.equal(await ask(rest, folder, 'read'), 'kis.token-throttled');

  const shelf = aShelf(folder);
  const http = createHttpClient({ allowedOrigins: [rest] });
  context.after(() => http.close());
  const credentials = {
    appKey: () => new Secret(appKey),
    appSecret: () => new Secret(appSecret),
    account: () => new Secret('1234567801'),
    htsId: () => new Secret('someone'),
    loadToken: () => null,
    saveToken: () => assert.fail('nothing is to be saved'),
    tokenIssuedAt: () => shelf.askedAt(),
  };
  const clock = { now: () => Temporal.Now.instant(), elapsedMs: () => performance.now() };
  const next = new KisSignIn({ http, rest: new URL(rest), credentials, clock, tokenIssueEveryMs: 60_000 });

  await assert.rejects(next.token(), { code: 'kis.token-throttled' });
  assert.equal(issued(), 1);
});
