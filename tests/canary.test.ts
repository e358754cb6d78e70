import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVault } from '#vault/create-vault.ts';
import { kdfFloor } from '#vault/kdf.ts';
import { canaryFinder } from './support/canary-finder.ts';
import { inMemory, processTree } from './support/process-memory.ts';

const checkout = join(import.meta.dirname, '..');
const cli = join(checkout, 'src', 'cli', 'main.ts');
const flags = ['--disable-warning=ExperimentalWarning'];

/** Drawn anew each time, so that nothing but our own path can have put them anywhere. */
const random = (length: number): string =>
  Array.from({ length: Math.ceil(length / 10) }, () => Math.random().toString(36).slice(2, 12).padEnd(10, 'x'))
    .join('')
    .slice(0, length);
const canaries: Readonly<Record<string, string>> = {
  passphrase: `Q7-${random(33)}`,
  'wrong passphrase': `W3-${random(33)}`,
  'app key': `K5${random(34)}`,
  'app secret': `S9${random(178)}`,
};

const find = canaryFinder(canaries);

/** Processes that may know a key: the gateway's room, and the simulated broker, which gave it. */
const mayKnow = /gateway\/(?:main|cancel-only|vault-command)\.ts|kis-entry\.ts/;

/**
 * The whole house for paper, started from the command line with canaries as its secrets: nine processes and six commands,
 * about fifteen seconds of processor time. Linux, because the memory of a process is read as a core dump would hold it. The
 * house's vault has the cheapest derivation there may be; one with the ordinary derivation is made beside it.
 */
describe('T13 canaries', { skip: process.platform === 'linux' ? false : 'reads /proc, which Linux alone has' }, () => {
  const home = mkdtempSync(join(tmpdir(), 'cn-'));
  /** In the home, so that it is looked through too. */
  const cache = join(home, 'compiled');
  const written: string[] = [];
  let simulator: ChildProcess;
  let house: ChildProcess;
  let url = '';

  before(async () => {
    simulator = spawn(process.execPath, [...flags, join(checkout, 'src', 'testbed', 'kis-entry.ts')], {
      stdio: 'pipe',
    });
    const ports = { restReal: 0, restPaper: 0, wsReal: 0, wsPaper: 0 };
    const keys = { appKeyPaper: canaries['app key'], appSecretPaper: canaries['app secret'] };
    simulator.stdin?.end(`${JSON.stringify({ ...ports, ...keys })}\n`);
    assert.ok(simulator.stdout);
    const [line] = await once(simulator.stdout, 'data');
    const { rest, webSocket, account, htsId } = JSON.parse(String(line));
    const passphrase = new Secret(canaries['passphrase']!);
    (await createVault({ file: join(home, 'paper', 'gateway', 'vault'), passphrase, kdf: kdfFloor })).seal();
    const beside = join(home, 'beside');
    const sheet = join(beside, 'sheet.txt');
    mkdirSync(beside, { mode: 0o700 });
    await vault(['create', '--sheet', sheet], [canaries['passphrase']!], beside);
    assert.ok(existsSync(join(beside, 'paper', 'gateway', 'vault')));
    rmSync(sheet);
    const { 'app key': appKey = '', 'app secret': appSecret = '' } = canaries;
    await vault(['put', 'kis'], [canaries['passphrase']!, appKey, appSecret, account.paper, htsId, '']);
    await vault(['rotate', 'kis.paper.app-secret'], [canaries['passphrase']!, appSecret]);
    // Paths that fail: wrong key, wrong form, a value where a name belongs.
    await vault(['rotate', 'kis.paper.app-key'], [canaries['wrong passphrase']!, appKey]);
    await vault(['put', 'kis.paper.account'], [canaries['passphrase']!, appSecret]);
    await vault(['put', 'kis.paper.key-issued-on'], [canaries['passphrase']!, appSecret]);
    await vault(['drill', join(home, 'none.age')], [canaries['app secret']!]);
    const up = ['up', '--environment', 'paper', '--port', '0', '--simulator', `${rest.paper},${webSocket.paper}`];
    house = snowball(up);
    house.stdin?.end(`${canaries['passphrase']}\n`);
    url = await opened(house);
  });

  after(async () => {
    await ended(house);
    await ended(simulator);
    rmSync(home, { recursive: true, force: true });
  });

  test('INV-20 stand in no log, journal, file, answer, argument, environment or output, in 200 forms each', async () => {
    for (const path of ['', '/api/status', '/api/portfolio', '/nowhere']) {
      const answer = await fetch(new URL(path, url).href === url ? url : new URL(path, url));
      written.push(`${JSON.stringify([...answer.headers])}\n${await answer.text()}`);
    }
    for (const { pid, command } of processTree(Number(house.pid))) {
      written.push(command, readFileSync(`/proc/${pid}/environ`, 'utf8'));
    }
    const files = filesBelow(home);

    assert.deepEqual(find(Buffer.from(written.join('\n'))), []);
    for (const file of files) assert.deepEqual(find(readFileSync(file)), [], file);
    assert.ok(files.length > 20 && written.join('').length > 1_000, 'there was something to look at');
  });

  test('INV-21 lie in the memory of no process but those of the gateway room', () => {
    const tree = processTree(Number(house.pid));
    const others = tree.filter(({ command }) => !mayKnow.test(command));
    const gateway = tree.find(({ command }) => command.includes('gateway/main.ts'));

    assert.ok(others.length >= 5, `only ${others.map(({ command }) => command).join('\n')}`);
    for (const { pid, command } of others) assert.deepEqual(inMemory(pid, find), [], command);
    // The search would have found them: the gateway has an app key while it is open.
    assert.ok(gateway !== undefined && inMemory(gateway.pid, find).length > 0);
  });

  test('are gone from the gateway after a seal and its recycling', async () => {
    const before = gatewayPid();
    const sealed = await vault(['seal'], []);
    assert.match(sealed, /seal|잠갔/);
    while (gatewayPid() === before || gatewayPid() === null) await new Promise((resolve) => setTimeout(resolve, 20));

    const state = await vault(['status'], []);
    assert.match(state, /gateway {2}(?:locked|stopped)|게이트웨이/);
    assert.deepEqual(inMemory(Number(gatewayPid()), find), []);
  });

  function gatewayPid(): number | null {
    return processTree(Number(house.pid)).find(({ command }) => command.includes('gateway/main.ts'))?.pid ?? null;
  }

  function snowball(args: readonly string[], at = home): ChildProcess {
    const own = { SNOWBALL_HOME: at, SNOWBALL_LANGUAGE: 'en', SNOWBALL_DEBUG: '1', NODE_COMPILE_CACHE: cache };
    const env = { ...process.env, ...own };
    const child = spawn(process.execPath, [...flags, cli, ...args], { env, stdio: 'pipe' });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => written.push(String(chunk)));
    return child;
  }

  async function vault(args: readonly string[], lines: readonly string[], at = home): Promise<string> {
    const child = snowball(['vault', ...args], at);
    child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
    assert.ok(child.stdout);
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return said;
  }
});

/** The address of the console, once everything stands. */
async function opened(house: ChildProcess): Promise<string> {
  assert.ok(house.stderr);
  const lines = createInterface(house.stderr);
  for await (const line of lines) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(line) ?? [];
    if (url !== undefined && line.startsWith('  http')) {
      house.stderr.resume();
      return url;
    }
  }
  throw new Error('The house ended before it was open');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
