import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Boot } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { haltFileOf } from '#link/halt-file.ts';
import { adminTokenFile, cliTokenFile } from '#link/run-folder.ts';
import { hashToken, newToken } from '#link/token.ts';
import type { VaultTask } from '#link/vault-request.ts';
import { Secret } from '#domain/secret.ts';
import { makeCredentialFile } from '#vault/credential-file.ts';
import { createVault } from '#vault/create-vault.ts';
import { kdfFloor } from '#vault/kdf.ts';

const sources = fileURLToPath(new URL('..', import.meta.url));
/** The machine's clock, moved to a Monday morning in the session, because credentials work in it alone. */
const inSession = fileURLToPath(new URL('fixtures/in-session.mjs', import.meta.url));
const flags = ['--disable-warning=ExperimentalWarning', '--import', inSession];
const token = newToken();
const passphrase = '불꽃 기자 보조개 산들바람 가을 머리핀';
const simulatorReady = z.object({
  rest: z.object({ paper: z.string() }),
  webSocket: z.object({ paper: z.string() }),
  appKey: z.object({ paper: z.string() }),
  appSecret: z.object({ paper: z.string() }),
  account: z.object({ paper: z.string() }),
  htsId: z.string(),
});

/** Real processes: the simulated KIS, the gateway for paper, and the vault command. Takes about three seconds. */
describe('the gateway for paper', () => {
  let home = '';
  let simulator: ChildProcess;
  let hosts: z.infer<typeof simulatorReady>;

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'gp-'));
    mkdirSync(join(home, 'run'), { mode: 0o700 });
    for (const name of [cliTokenFile, adminTokenFile]) writeFileSync(join(home, 'run', name), token, { mode: 0o600 });
    simulator = spawn(process.execPath, [...flags, join(sources, 'testbed', 'kis-entry.ts')], { stdio: 'pipe' });
    simulator.stdin?.end(`${JSON.stringify({ restReal: 0, restPaper: 0, wsReal: 0, wsPaper: 0 })}\n`);
    const vault = await createVault({
      file: join(home, 'gateway', 'vault'),
      passphrase: new Secret(passphrase),
      kdf: kdfFloor,
    });
    const key = await makeCredentialFile(join(home, 'credential'));
    await vault.changeSlots({ kind: 'add', key: { kind: 'credential', key } });
    vault.seal();
    assert.ok(simulator.stdout);
    const [line] = await once(simulator.stdout, 'data');
    hosts = simulatorReady.parse(JSON.parse(String(line)));
    const filled = await vaultCommand({ kind: 'put', name: 'kis' }, [
      passphrase,
      hosts.appKey.paper,
      hosts.appSecret.paper,
      hosts.account.paper,
      hosts.htsId,
      '2026-01-02',
    ]);
    assert.equal(filled.code, 0, filled.error);
  });

  after(async () => {
    await end(simulator);
    rmSync(home, { recursive: true });
  });

  test('INV-21 it waits for the passphrase, opens with it, and signs in at the paper host; a seal recycles it locked', async () => {
    const gateway = launch(boot({}));
    const wrong = await vaultCommand({ kind: 'unlock', waitMs: 10_000 }, ['wrong words']);
    assert.match(wrong.error, /\[vault\.wrong-passphrase\]/);
    const right = await vaultCommand({ kind: 'unlock', waitMs: 0 }, [passphrase]);
    assert.equal(right.code, 0, right.error);
    await once(gateway.line, 'data');

    const status = await signedIn();
    assert.equal(status.environment, 'paper');
    assert.equal(status.clockSpeed, 1);
    assert.ok(status.keyLife?.some(({ kind, endsOn }) => kind === 'term' && endsOn.startsWith('2027-0')));

    const ended = once(gateway.child, 'exit');
    const sealed = await vaultCommand({ kind: 'seal' }, []);
    assert.equal(sealed.code, 0, sealed.error);
    assert.deepEqual(await ended, [0, null]);

    // The key file would open it, but a person sealed it.
    const again = launch(boot({ credentialFile: join(home, 'credential') }));
    const refused = await vaultCommand({ kind: 'unlock', waitMs: 10_000 }, ['wrong words']);
    assert.match(refused.error, /\[vault\.wrong-passphrase\]/);
    await vaultCommand({ kind: 'unlock', waitMs: 0 }, [passphrase]);
    await once(again.line, 'data');
    await end(again.child);
  });

  test('INV-23 the system credential opens it without a person', async () => {
    const { child, line } = launch(boot({ credentialFile: join(home, 'credential') }));
    const [ready] = await once(line, 'data');

    assert.match(String(ready), /ready/);
    await end(child);
  });

  test('INV-15 a halt by file takes hold while the vault is sealed, and is in force with the first breath of the gateway', async () => {
    const { child, line } = launch(boot({}));
    await vaultCommand({ kind: 'unlock', waitMs: 10_000 }, ['wrong words']);
    const file = haltFileOf(home);
    writeFileSync(file, 'while it was sealed');

    await vaultCommand({ kind: 'unlock', waitMs: 0 }, [passphrase]);
    await once(line, 'data');
    const journal = join(home, 'gateway', 'journal');
    while (!readFileSync(journal, 'utf8').includes('while it was sealed')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { halted } = await signedIn();
    rmSync(file);
    await end(child);

    assert.notEqual(halted, null);
  });

  test('T18 bad input to the vault command is one sentence, and nothing is lost by it', async () => {
    const before = readFileSync(join(home, 'gateway', 'vault'));
    const wrong: readonly [VaultTask, readonly string[], RegExp][] = [
      [{ kind: 'put', name: 'nobody' }, [], /wanted a broker.*\[vault\.name\]/],
      [{ kind: 'rotate', name: 'kis.real.app-key' }, [], /\[vault\.name\]/],
      [{ kind: 'rotate', name: 'kis' }, [], /one line for each question.*\[vault\.input\]/],
      [{ kind: 'rotate', name: 'kis' }, ['wrong words'], /\[vault\.wrong-passphrase\]/],
      [{ kind: 'rotate', name: 'kis' }, [passphrase, 'a b'], /in another form, wanted one word.*\[vault\.value\]/],
      [{ kind: 'rotate', name: 'kis' }, [passphrase, 'PSnew-app-key'], /\[vault\.input\]/],
      [{ kind: 'promote', name: 'kis' }, [passphrase], /\[vault\.no-pending\]/],
      [{ kind: 'retire', name: 'kis.paper.app-key', now: true }, [passphrase], /\[vault\.no-previous\]/],
    ];
    const said = await Promise.all(wrong.map(([task, lines]) => vaultCommand(task, lines)));

    for (const [index, { code, error }] of said.entries()) {
      assert.equal(code, 1);
      assert.match(error, wrong[index]?.[2] ?? /none/);
      assert.equal(error.trim().split('\n').length, 1, error);
      assert.ok(!/new-app-key|a b\b/.test(error), 'what was typed is not said again');
    }
    assert.deepEqual(readFileSync(join(home, 'gateway', 'vault')), before);
  });

  test('T18 a key changes beneath the running gateway by "snowball vault rotate", for admin and with the passphrase alone', async () => {
    const { child, line } = launch(boot({ credentialFile: join(home, 'credential') }));
    await once(line, 'data');
    await signedIn();
    const rotate = { kind: 'rotate', name: 'kis' } as const;
    const values = [hosts.appKey.paper, hosts.appSecret.paper, ''];

    const wrong = await vaultCommand(rotate, ['wrong words', ...values]);
    assert.match(wrong.error, /\[vault\.wrong-passphrase\]/);
    const refused = await vaultCommand(rotate, [passphrase, 'PSnobodysKeyNobodysKey', 'nobodys-secret', '']);
    assert.match(refused.error, /the key before goes on.*\[gateway\.rotation-test\]/);
    writeFileSync(join(home, 'run', adminTokenFile), newToken());
    assert.match((await vaultCommand(rotate, [passphrase, ...values])).error, /\[link\.refused\]/);
    writeFileSync(join(home, 'run', adminTokenFile), token);
    const rotated = await vaultCommand(rotate, [passphrase, ...values]);
    assert.equal(rotated.code, 0, rotated.error);
    assert.match(rotated.output, /in use.*revoked in 10 minutes/);

    const again = await vaultCommand(rotate, [passphrase, ...values]);
    assert.match(again.error, /\[gateway\.rotation-busy\]/);
    assert.match((await vaultCommand({ kind: 'list' }, [])).output, /kis\.paper\.app-key {2}PREVIOUS/);
    await end(child);
  });

  test('T14 it refuses a vault older than the one its journal saw, and says the way out', async () => {
    const file = join(home, 'gateway', 'vault');
    const newest = readFileSync(file);
    const witness = readFileSync(`${file}.generation`);
    const kept = readdirSync(join(home, 'gateway')).flatMap(
      (name) => /^vault\.generation-(\d+)$/.exec(name)?.[1] ?? [],
    );
    const oldest = Math.min(...kept.map(Number));
    writeFileSync(file, readFileSync(`${file}.generation-${oldest}`));
    rmSync(`${file}.generation`);

    const { child } = launch(boot({ credentialFile: join(home, 'credential') }));
    assert.ok(child.stderr);
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    writeFileSync(file, newest);
    writeFileSync(`${file}.generation`, witness);

    assert.equal(code, 78);
    assert.match(said, new RegExp(`generation is ${oldest}, at least \\d+ is recorded`));
    assert.match(said, /snowball vault restore.*\[vault\.rolled-back\]/);
  });

  test('T27 a paper vault meets no host but loopback and the published paper host', async () => {
    const options = { credentialFile: join(home, 'credential') };
    for (const rest of ['https://openapi.koreainvestment.com:9443', 'http://10.0.0.1:9443']) {
      const { child } = launch({
        ...boot(options),
        testbed: { rest, webSocket: hosts.webSocket.paper, console: '' },
      });
      assert.ok(child.stderr);
      const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);

      assert.equal(code, 78);
      assert.match(said, /\[kis\.host-mismatch\]/);
    }
  });

  test('real is refused with everything that is missing', async () => {
    const { child } = launch({ ...boot({}), environment: 'real' });
    assert.ok(child.stderr);
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);

    assert.equal(code, 78);
    assert.match(said, /missing are .*passkey.*supervised trial.*\[gateway\.real-not-ready\]/);
  });

  function boot(options: Boot['options']): Boot {
    return {
      home,
      environment: 'paper',
      runFolder: join(home, 'run'),
      build: 'test',
      token: newToken(),
      tokenHashes: { server: hashToken(token), cli: hashToken(token), admin: hashToken(token) },
      testbed: { rest: hosts.rest.paper, webSocket: hosts.webSocket.paper, console: '' },
      options,
    };
  }

  async function signedIn() {
    const socketPath = join(home, 'run', 'gateway.sock');
    const client = await connect({ socketPath, api: gatewayApi, role: 'server', token });
    try {
      for (;;) {
        const status = await client.call('status', {});
        if (status.tokenExpiresAt !== null && status.keyLife !== undefined) return status;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await client.close();
    }
  }

  async function vaultCommand(task: VaultTask, lines: readonly string[]) {
    const request = { home, environment: 'paper', language: 'en', isJson: false, withRecovery: false, task };
    const entry = join(sources, 'gateway', 'vault-command.ts');
    const child = spawn(process.execPath, [...flags, entry, JSON.stringify(request)], { stdio: 'pipe' });
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
    const [error, output, [code]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'exit')]);
    return { code: Number(code), error, output };
  }
});

function launch(boot: Boot): { readonly child: ChildProcess; readonly line: Duplex } {
  const child = spawn(process.execPath, [...flags, join(sources, 'gateway', 'main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const line = child.stdio[3] as Duplex;
  line.on('error', () => undefined);
  line.write(`${JSON.stringify(boot)}\n`);
  return { child, line };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
