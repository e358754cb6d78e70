import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { describeProblem } from '#strategy/config-problem.ts';
import { readInstallation, readRulesFiles } from './installation.ts';
import { readSnowballConfig } from './snowball-config.ts';

const file = new URL('../../../config/snowball.yaml', import.meta.url);

describe('readSnowballConfig()', () => {
  test('reads the file that every installation starts with', () => {
    const read = readSnowballConfig(readFileSync(file, 'utf8'));

    assert.deepEqual(read.kind === 'read' && read.config.strategies.map(({ name, kind }) => [name, kind]), [
      ['tutorial', 'rules'],
      ['volatility-breakout', 'code'],
    ]);
  });

  test('names the line of each mistake', () => {
    const text = `strategies:
  - { name: one, kind: rules, config: a.yaml, targets: b.txt, interval: 1d }
  - { name: Two, kind: code, file: c.ts, interval: 1m, symbols: [5930] }
  - { name: three, kind: rules, config: a.yaml, target: b.txt, interval: 1m }
`;

    const found = sentences(text);

    assert.ok(
      found.some((one) => one.startsWith('s.yaml:2:') && one.includes('interval')),
      found.join('\n'),
    );
    assert.ok(
      found.some((one) => one.startsWith('s.yaml:3:') && one.includes('lower-case')),
      found.join('\n'),
    );
    assert.ok(
      found.some((one) => one.startsWith('s.yaml:3:') && one.includes('listing code in quotes')),
      found.join('\n'),
    );
    assert.ok(
      found.some((one) => one.startsWith('s.yaml:4:') && one.includes('target')),
      found.join('\n'),
    );
  });

  test('refuses two strategies of one name, a key at the top that it does not know, and an empty file', () => {
    const one = '{ name: one, kind: rules, config: a.yaml, targets: b.txt, interval: 1m }';

    assert.match(sentences(`strategies:\n  - ${one}\n  - ${one}\n`)[0] ?? '', /^s\.yaml:3:7: .*twice/);
    assert.match(sentences('strategies: []\naccount: 1\n')[0] ?? '', /^s\.yaml:2:1: .*account/);
    assert.match(sentences('')[0] ?? '', /^s\.yaml:1: The file holds no settings/);
  });
});

test('readRulesFiles() reads the pair that the first file names, from the folder above it', () => {
  const installation = readInstallation(file.pathname);
  const [tutorial] = installation.strategies;
  assert.ok(tutorial?.kind === 'rules');

  const files = readRulesFiles(installation.root, tutorial, { ma_short: 3 });

  assert.equal(files.config.maShort, 3);
  assert.equal(files.targets.length, 20);
});

function sentences(text: string): readonly string[] {
  const read = readSnowballConfig(text);
  assert.equal(read.kind, 'problems');
  return read.problems.map((problem) => describeProblem('s.yaml', problem, 'en'));
}
