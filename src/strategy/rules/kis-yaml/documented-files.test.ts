import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readKisYaml } from './read-kis-yaml.ts';

test('the file that docs/strategies/kis-yaml.md shows can be read, with its x_snowball, without an error', () => {
  const text = readFileSync(new URL('../../../../docs/strategies/kis-yaml.md', import.meta.url), 'utf8');
  const [file = '', extension = ''] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

  const plain = readKisYaml(file);
  const extended = readKisYaml(`${file}${extension}`.replace('averages: { usual: 20 }', 'averages: { top: 20 }'));

  assert.equal(plain.kind, 'program');
  assert.deepEqual(plain.findings, []);
  assert.ok(extended.kind === 'program', extended.findings.map(({ en }) => en).join());
  assert.equal(extended.program.entry.kind, 'any');
  assert.equal(extended.program.entry.rules.length, 2);
});
