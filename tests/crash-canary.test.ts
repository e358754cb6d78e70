import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import type { Boot } from '#link/boot.ts';
import { Child } from '#supervisor/child.ts';
import { planHouse } from '#supervisor/house.ts';
import { makeCredentialFile } from '#vault/credential-file.ts';
import { createVault } from '#vault/create-vault.ts';
import { kdfFloor } from '#vault/kdf.ts';
import type { VaultTask } from '#link/vault-request.ts';
import { canaryFinder } from './support/canary-finder.ts';
import { eventually } from './support/house.ts';

const checkout = join(import.meta.dirname, '..');
const sources = join(checkout, 'src');
/** Credentials work inside the session alone. */
const inSession = join(sources, 'gateway', 'fixtures', 'in-session.mjs');
const crashOnSignal = join(import.meta.dirname, 'support', 'crash-on-signal.mjs');
const patienceMs = 60_000;

const random = (length: number): string =>
  Array.from({ length: Math.ceil(length / 10) }, () => Math.random().toString(36).slice(2, 12).padEnd(10, 'x'))
    .join('')
    .slice(0, length);
const passphrase = `Q7-${random(33)}`;
const canaries = { passphrase, 'app key': `K5${random(34)}`, 'app secret': `S9${random(178)}` };
const find = canaryFinder(canaries);
const skip = process.platform === 'linux' ? false : 'signals and core files as Linux has them';

/**
 * The house for paper with flags that a gateway refuses unless its boot line says that a test examines it: heap snapshots
 * and diagnostic reports on a signal, and a failure on another. About twenty seconds of processor time.
 */
describe('T13 heap snapshots and crashes', { skip }, () => {
  const home = mkdtempSync(join(tmpdir(), 'cc-'));
  const dumps = join(home, 'dumps');
  const lines: string[] = [];
  const children = new Map<string, Child>();
  let simulator: ChildProcess;

  before(async () => {
    mkdirSync(dumps, { mode: 0o700 });
    const { hosts, account, htsId } = await startSimulator();
    const vault = await createVault({
      file: join(home, 'gateway', 'vault'),
      passphrase: new Secret(passphrase),
      kdf: kdfFloor,
    });
    const credentialFile = join(home, 'credential');
    await vault.changeSlots({
      kind: 'add',
      key: { kind: 'credential', key: await makeCredentialFile(credentialFile) },
    });
    vault.seal();
    const filled = [passphrase, canaries['app key'], canaries['app secret'], account, htsId, '2026-01-02'];
    await vaultCommand({ kind: 'put', name: 'kis' }, filled);
    await openHouse(hosts, credentialFile);
    // The key was read and a token fetched with it: there is something to find.
    const tokens = join(home, 'gateway', 'keys');
    await eventually('the gateway to sign in', patienceMs, async () => (existsSync(tokens) ? true : null));
  });

  after(async () => {
    for (const child of [...children.values()].toReversed()) await child.stop();
    simulator.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  test('INV-21 a heap snapshot and a report of every process outside the gateway room hold no canary', async () => {
    const others = ['runner', 'server', 'watchdog'].map((name) => [name, pidOf(name)] as const);

    for (const [name, pid] of others) {
      const report = await dumped(pid, 'SIGWINCH', reportOf(pid));
      assert.match(report.toString(), /"javascriptStack"/, name);
      assert.deepEqual(find(report), [], `report of ${name}`);
      assert.deepEqual(find(await dumped(pid, 'SIGUSR2', snapshotOf(pid))), [], `heap of ${name}`);
    }
  });

  test('INV-20 a diagnostic report of the gateway that holds the keys has none of them', async () => {
    const pid = pidOf('gateway');

    const report = await dumped(pid, 'SIGWINCH', reportOf(pid));

    assert.match(report.toString(), /"environmentVariables"/);
    assert.deepEqual(find(report), []);
  });

  test('INV-20 a gateway that ends by a failure nobody foresaw leaves no canary in log, report or core', async () => {
    const pid = pidOf('gateway');

    const starts = startsOf();
    process.kill(pid, 'SIGHUP');
    await eventually('the gateway to stand again', patienceMs, async () => (startsOf() > starts ? true : null));

    assert.match(readFileSync(join(home, 'gateway', 'log'), 'utf8'), /a failure that nobody foresaw/);
    nothingIsLeft();
  });

  test('INV-20 a gateway that is aborted leaves no core, and no canary', async () => {
    const pid = pidOf('gateway');
    assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size +0 +0 /m);

    const starts = startsOf();
    process.kill(pid, 'SIGABRT');
    await eventually('the gateway to stand again', patienceMs, async () => (startsOf() > starts ? true : null));

    for (const folder of [checkout, home, dumps]) {
      assert.deepEqual(
        readdirSync(folder).filter((name) => /^core(?:\.|$)/.test(name)),
        [],
      );
    }
    nothingIsLeft();
  });

  test('INV-21 the heap of a gateway has keys while it is open, and none after a seal and its recycling', async () => {
    const open = pidOf('gateway');
    const before = await eventually('a key in the heap of the gateway', patienceMs, async () => {
      const found = find(await dumped(open, 'SIGUSR2', snapshotOf(open)));
      return found.length > 0 ? found : null;
    });
    assert.match(before.join(), /app key|app secret/, 'the search finds what is there');

    await vaultCommand({ kind: 'seal' }, []);
    const sealed = await reborn(open);
    const after = find(await dumped(sealed, 'SIGUSR2', snapshotOf(sealed)));

    assert.deepEqual(after, []);
  });

  async function startSimulator() {
    simulator = spawn(process.execPath, [join(sources, 'testbed', 'kis-entry.ts')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const ports = { restReal: 0, restPaper: 0, wsReal: 0, wsPaper: 0 };
    const keys = { appKeyPaper: canaries['app key'], appSecretPaper: canaries['app secret'] };
    simulator.stdin?.end(`${JSON.stringify({ ...ports, ...keys })}\n`);
    assert.ok(simulator.stdout);
    const [line] = await once(simulator.stdout, 'data');
    const { rest, webSocket, account, htsId } = JSON.parse(String(line));
    return { hosts: { rest: rest.paper, webSocket: webSocket.paper }, account: account.paper, htsId };
  }

  async function openHouse(simulator: { readonly rest: string; readonly webSocket: string }, credentialFile: string) {
    const config = join(home, 'snowball.yaml');
    writeFileSync(config, 'strategies: []\n');
    const wanted = {
      home,
      environment: 'paper',
      port: 0,
      speed: 1,
      seed: 1,
      config,
      simulator,
      credentialFile,
    } as const;
    const events = {
      onReady: () => undefined,
      onCrash: () => undefined,
      onLine: (name: string, line: string) => void lines.push(`${name}: ${line}`),
    };
    for (const plan of await planHouse(wanted)) {
      const boot = (): Boot => {
        const planned = plan.boot();
        return { ...planned, build: 'test', options: { ...planned.options, examined: true } };
      };
      const nodeFlags = [...plan.nodeFlags, ...examining(dumps)];
      const child = new Child({ ...plan, boot, nodeFlags, steadyAfterMs: 0 }, events);
      children.set(plan.name, child);
      await child.start();
    }
  }

  function pidOf(name: string): number {
    const pid = children.get(name)?.pid;
    assert.ok(pid, `${name} runs`);
    return pid;
  }

  /** The gateway that was started in the place of the one that ended, once it answers signals as it should. */
  function reborn(before: number): Promise<number> {
    return eventually('another gateway', patienceMs, async () => {
      const pid = children.get('gateway')?.pid ?? null;
      // Handlers of signals are set before the boot line is read; the vault's socket comes after it.
      const command = pid === null ? '' : readFileSync(`/proc/${pid}/status`, 'utf8');
      const catches = BigInt(`0x${/SigCgt:\s*([0-9a-f]+)/.exec(command)?.[1] ?? '0'}`);
      return pid !== null && pid !== before && (catches & sigusr2) !== 0n ? pid : null;
    });
  }

  /** How often a gateway has opened its vault and its journal in this house. */
  function startsOf(): number {
    return readFileSync(join(home, 'gateway', 'log'), 'utf8').split('"msg":"started"').length - 1;
  }

  async function dumped(pid: number, signal: NodeJS.Signals, name: RegExp): Promise<Buffer> {
    const before = new Set(readdirSync(dumps));
    process.kill(pid, signal);
    return await eventually(`${signal} to show ${pid}`, patienceMs, async () => {
      const file = readdirSync(dumps).find((one) => name.test(one) && !before.has(one));
      const bytes = file === undefined ? Buffer.alloc(0) : readFileSync(join(dumps, file));
      return /\}\s*$/.test(bytes.subarray(-4).toString()) ? bytes : null;
    });
  }

  /** Logs, journal and reports; the snapshot of an open gateway is the one file that may hold a key. */
  function nothingIsLeft(): void {
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name);
      if (!name.endsWith('.heapsnapshot')) assert.deepEqual(find(readFileSync(file)), [], file);
    }
    assert.deepEqual(find(Buffer.from(lines.join('\n'))), []);
    assert.ok(files.length > 10);
  }

  async function vaultCommand(task: VaultTask, answers: readonly string[]): Promise<void> {
    const request = { home, environment: 'paper', language: 'en', isJson: false, withRecovery: false, task };
    const entry = join(sources, 'gateway', 'vault-command.ts');
    const child = spawn(process.execPath, ['--import', inSession, entry, JSON.stringify(request)], { stdio: 'pipe' });
    child.stdin.end(answers.map((line) => `${line}\n`).join(''));
    const [error, , [code]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'exit')]);
    assert.equal(code, 0, error);
  }
});

/** Bit 11 of the caught signals, counted from 0: Node listens for the signal that asks for a snapshot. */
const sigusr2 = 1n << 11n;

function examining(folder: string): readonly string[] {
  return [
    '--heapsnapshot-signal=SIGUSR2',
    '--report-uncaught-exception',
    '--report-on-fatalerror',
    '--report-on-signal',
    '--report-signal=SIGWINCH',
    `--report-directory=${folder}`,
    `--diagnostic-dir=${folder}`,
    '--import',
    inSession,
    '--import',
    crashOnSignal,
  ];
}

function snapshotOf(pid: number): RegExp {
  return new RegExp(`\\.${pid}\\..*\\.heapsnapshot$`);
}

function reportOf(pid: number): RegExp {
  return new RegExp(`^report\\..*\\.${pid}\\..*\\.json$`);
}
