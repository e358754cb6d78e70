import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = join(import.meta.dirname, '..', 'deploy');
const units = ['snowball.service', 'snowball-watchdog.service'] as const;
/** `--threshold` counts in tenths. */
const exposureMax = '15';

/** What neither unit may lose. */
const demanded: Readonly<Record<string, string>> = {
  User: 'snowball',
  UMask: '0077',
  LimitCORE: '0',
  NoNewPrivileges: 'yes',
  CapabilityBoundingSet: '',
  AmbientCapabilities: '',
  RestrictSUIDSGID: 'yes',
  ProtectSystem: 'strict',
  ProtectHome: 'yes',
  PrivateTmp: 'yes',
  PrivateDevices: 'yes',
  PrivateUsers: 'yes',
  DevicePolicy: 'closed',
  ProtectProc: 'invisible',
  ProcSubset: 'pid',
  ProtectKernelTunables: 'yes',
  ProtectKernelModules: 'yes',
  ProtectKernelLogs: 'yes',
  ProtectControlGroups: 'yes',
  ProtectClock: 'yes',
  ProtectHostname: 'yes',
  RemoveIPC: 'yes',
  KeyringMode: 'private',
  LockPersonality: 'yes',
  RestrictRealtime: 'yes',
  RestrictNamespaces: 'yes',
  SystemCallArchitectures: 'native',
  IPAddressDeny: 'any',
  StateDirectoryMode: '0700',
};

for (const unit of units) {
  test(`T28 ${unit} keeps every directive of the table`, () => {
    const directives = directivesOf(unit);

    for (const [name, value] of Object.entries(demanded)) assert.equal(directives.get(name)?.at(-1), value, name);
    const filters = directives.get('SystemCallFilter') ?? [];
    assert.equal(filters[0], '@system-service');
    for (const group of ['@privileged', '@debug', '@module', '@raw-io', '@reboot', '@mount']) {
      assert.ok(filters[1]?.startsWith('~') === true && filters[1].includes(group), group);
    }
    assert.match(directives.get('ExecStart')?.[0] ?? '', / --disable-sigusr1 /);
    assert.ok(!directives.has('EnvironmentFile') && !directives.has('PassEnvironment'), 'no key travels this way');
  });

  test(`T28 ${unit} has an exposure of 1.5 at the most`, (context) => {
    const args = ['security', '--offline=true', `--threshold=${exposureMax}`, '--no-pager', join(folder, unit)];
    const { status, stdout, stderr, error } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    if (error !== undefined) {
      context.diagnostic('systemd-analyze is not installed: the table of directives is all that was checked');
      return;
    }

    const exposure = Number(/exposure level for \S+ ([\d.]+)/.exec(stdout)?.[1]);
    context.diagnostic(`exposure ${exposure}`);
    assert.equal(status, 0, stderr || stdout.slice(-200));
    assert.ok(exposure <= 1.5, String(exposure));
  });
}

test('T28 the watchdog has a unit of its own, without a network, which nothing but the house makes stop', () => {
  const directives = directivesOf('snowball-watchdog.service');

  assert.deepEqual(
    ['PrivateNetwork', 'RestrictAddressFamilies', 'Restart', 'PartOf'].map((name) => directives.get(name)),
    [['yes'], ['AF_UNIX'], ['always'], ['snowball.service']],
  );
  assert.match(directives.get('ExecStart')?.[0] ?? '', /src\/watch\/main\.ts \S+$/);
  assert.match(directivesOf('snowball.service').get('ExecStart')?.[0] ?? '', / up --watchdog apart$/);
});

test('T28 what stands in deploy/ names every file that it comes with', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');

  for (const name of globSync('*.conf', { cwd: folder })) assert.ok(readme.includes(name), name);
});

/** Values in the order in which they stand; an empty one empties a list, which no unit here uses for another purpose. */
function directivesOf(unit: string): ReadonlyMap<string, readonly string[]> {
  const directives = new Map<string, string[]>();
  for (const line of readFileSync(join(folder, unit), 'utf8').split('\n')) {
    const [, name, value = ''] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) directives.set(name, [...(directives.get(name) ?? []), value]);
  }
  return directives;
}
