import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { indicators } from '#indicators/catalogue.ts';

test('IndicatorShapes has the parameters and outputs of every indicator of the catalogue, and no other', () => {
  const source = readFileSync(new URL('./indicator-shapes.ts', import.meta.url), 'utf8');
  const [, ...chunks] = (source.split('export interface IndicatorShapes')[1]?.split(/^\}/m)[0] ?? '').split(
    /^ {2}readonly /m,
  );
  const shown = chunks.map((chunk) => {
    const [params = '', outputs = ''] = chunk.split('readonly output:');
    const names = [...params.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
    return [/^\w+/.exec(chunk)?.[0], names, [...outputs.matchAll(/'(\w+)'/g)].map(([, name]) => name)];
  });

  assert.deepEqual(
    shown,
    indicators.map(({ id, params, outputs }) => [id, Object.keys(params), [...outputs]]),
  );
});
