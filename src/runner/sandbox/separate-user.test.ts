import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSandboxFolder, shareSandboxFolder } from './sandbox-folder.ts';
import { separateUser, strategyUser } from './separate-user.ts';

/** Numbers that no user of this machine has. */
const nobodys = { uid: 64_996, gid: 64_996 };
const found = separateUser(
  nobodys,
  (command) => spawnSync(command[0] ?? '', [...command.slice(1), '/bin/true']).status === 0,
);
const skip = found.kind === 'works' ? false : `cannot change to another user here: ${found.missing}`;
const command = found.kind === 'works' ? found.command : [];

/** Without Node's permission flags, so that nothing but the kernel says no. */
const intruder = `
import { readFileSync, writeFileSync, openSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
const [home, socket, folder, parent] = process.argv.slice(2);
const tries = {
  'reads our file': () => readFileSync(home + '/secret'),
  'lists our folder': () => readdirSync(home),
  'reads our environment': () => readFileSync('/proc/' + parent + '/environ'),
  'opens our memory': () => openSync('/proc/' + parent + '/mem', 'r'),
  'lists our descriptors': () => readdirSync('/proc/' + parent + '/fd'),
  'signals us': () => process.kill(Number(parent), 0),
  'changes its own strategy': () => writeFileSync(folder + '/strategy.ts', ''),
  'adds to its own folder': () => writeFileSync(folder + '/more.ts', ''),
  'becomes root': () => process.setuid(0),
  'joins a group': () => process.setgroups([0]),
};
const got = Object.keys(tries).filter((name) => { try { tries[name](); return true; } catch { return false; } });
readFileSync(folder + '/strategy.ts');
const status = readFileSync('/proc/self/status', 'utf8');
const answer = { got, groups: process.getgroups(), uid: process.getuid(), caps: /CapEff:\\s*(\\w+)/.exec(status)[1], noNewPrivs: /NoNewPrivs:\\s*(\\d)/.exec(status)[1] };
const line = connect(socket);
line.once('connect', () => end({ ...answer, got: [...got, 'connects to our socket'] }));
line.once('error', () => end(answer));
function end(all) { process.stdout.write(JSON.stringify(all)); process.exit(); }
`;

test(
  'T12 separateUser() leaves a strategy no way to our files, sockets and processes, without any flag of Node',
  { skip },
  async (context) => {
    const home = mkdtempSync(join(tmpdir(), 'sep-'));
    const place = found.kind === 'works' ? found.place : null;
    assert.ok(place);
    const folder = place.folder(home);
    context.after(() => {
      rmSync(home, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    });
    const data = join(home, 'data');
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, 'secret'), 'a key', { mode: 0o600 });
    writeFileSync(join(home, 'strategy.ts'), 'export const strategy = 1;');
    chmodSync(home, 0o755);
    const server = createServer().listen(join(data, 'gateway.sock'));
    await once(server, 'listening');
    context.after(() => server.close());
    makeSandboxFolder(folder, join(home, 'strategy.ts'));
    shareSandboxFolder(folder, place.gid);

    const args = ['--input-type=module', '-', data, join(data, 'gateway.sock'), folder, String(process.pid)];
    const child = spawn(command[0] ?? '', [...command.slice(1), process.execPath, ...args], { env: {}, cwd: '/' });
    child.stdin.end(intruder);
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await once(child, 'close');

    const answer = JSON.parse(said);
    assert.deepEqual(answer, {
      got: [],
      groups: [nobodys.gid],
      uid: nobodys.uid,
      caps: '0'.repeat(16),
      noNewPrivs: '1',
    });
    assert.equal(lstatSync(folder).mode & 0o777, 0o750);
  },
);

test('T12 separateUser() ends a strategy with its runner', { skip }, async () => {
  const runner = `const child = require('node:child_process').spawn(${JSON.stringify(command[0])}, ${JSON.stringify([...command.slice(1), '/bin/sleep', '60'])}); child.once('spawn', () => setTimeout(() => process.stdout.write(String(child.pid)), 50));`;
  const parent = spawn(process.execPath, ['-e', runner]);
  const [pid] = await once(parent.stdout, 'data');
  assert.ok(existsSync(`/proc/${String(pid)}`));

  parent.kill('SIGKILL');
  await once(parent, 'exit');

  const giveUpAtMs = performance.now() + 2_000;
  while (runs(String(pid))) {
    assert.ok(performance.now() < giveUpAtMs, 'it lives on');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

test('separateUser() says what is missing', () => {
  const missing = (user: Parameters<typeof separateUser>[0]) => {
    const answer = separateUser(user, () => false);
    return answer.kind === 'missing' ? answer.missing : answer.kind;
  };

  const isLinux = process.platform === 'linux';
  assert.equal(missing(null), isLinux ? 'no-user' : 'not-linux');
  assert.equal(missing({ uid: 0, gid: 0 }), isLinux ? 'no-user' : 'not-linux');
  assert.match(missing(nobodys), /no-node|no-right|not-linux/);
});

test('strategyUser() reads the numbers of snowball-strategy and of nobody else', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'pw-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'passwd');
  writeFileSync(file, 'root:x:0:0::/root:/bin/sh\nsnowball-strategy-2:x:1:2::/:/\nsnowball-strategy:x:987:986::/:/\n');

  assert.deepEqual(strategyUser(file), { uid: 987, gid: 986 });
  writeFileSync(file, 'root:x:0:0::/root:/bin/sh\n');
  assert.equal(strategyUser(file), null);
  assert.equal(strategyUser(join(folder, 'none')), null);
});

/** One that nobody has collected yet runs no more. */
function runs(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && readFileSync(stat, 'utf8').split(') ').at(-1)?.startsWith('Z') === false;
}
