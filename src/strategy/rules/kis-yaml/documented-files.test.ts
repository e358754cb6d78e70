import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readKisYaml } from './read-kis-yaml.ts';

for (const page of ['kis-yaml.md', 'kis-yaml.ko.md']) {
  test(`the file that docs/strategies/${page} shows can be read, with its x_snowball, without an error`, () => {
    const text = readFileSync(new URL(`../../../../docs/strategies/${page}`, import.meta.url), 'utf8');
    const [file = '', extension = ''] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

    const plain = readKisYaml(file);
    const extended = readKisYaml(`${file}${extension}`);

    assert.equal(plain.kind, 'program');
    assert.deepEqual(plain.findings, []);
    assert.ok(extended.kind === 'program', extended.findings.map(({ en }) => en).join());
    assert.equal(extended.program.entry.kind, 'any');
    assert.equal(extended.program.entry.rules.length, 2);
  });
}
