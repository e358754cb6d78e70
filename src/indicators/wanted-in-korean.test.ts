import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicators } from './catalogue.ts';
import { readIndicatorParams } from './definition.ts';
import { wantedInKorean } from './wanted-in-korean.ts';

test('wantedInKorean() has words for whatever parameter of whatever indicator is refused', () => {
  for (const definition of indicators) {
    for (const name of [...Object.keys(definition.params), 'no_such_name']) {
      const read = readIndicatorParams(definition, { [name]: -1e9 });
      assert.ok(read.kind === 'bad-param', `${definition.id} takes ${name}`);
      const korean = wantedInKorean(read.wanted);
      assert.match(korean, /사이의 (?:정수|짝수|숫자)$|가운데 하나$|^값이 없는 꼴$/, `${definition.id} ${read.wanted}`);
    }
  }
  const crossed = readIndicatorParams(
    indicators.find(({ id }) => id === 'macd')!,
    { fast: 30, slow: 20 },
  );
  assert.ok(crossed.kind === 'bad-param');
  assert.equal(wantedInKorean(crossed.wanted), 'slow(20)보다 작은 fast');
});
