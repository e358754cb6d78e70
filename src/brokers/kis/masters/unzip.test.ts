import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { zipOne } from '../simulator/masters/zip-one.ts';
import { unzipOne } from './unzip.ts';

/** Forty lines of 삼성전자 in cp949, packed by Info-ZIP 3.0. */
const deflated = Buffer.from(
  'UEsDBBQAAAAIAGeBdV3HY/MYEQAAAGgBAAAOAAAAa29zcGlfY29kZS5tc3Tb/X7PrgN/Dtzi2j3KoCUDAFBLAQIeAxQAAAAIAGeBdV3HY/MYEQAAAGgBAAAO' +
    'AAAAAAAAAAEAAACkgQAAAABrb3NwaV9jb2RlLm1zdFBLBQYAAAAAAQABADwAAAA9AAAAAAA=',
  'base64',
);
/** `KR7`, stored by Info-ZIP. */
const stored = Buffer.from(
  'UEsDBAoAAAAAAGeBdV3qIb6zAwAAAAMAAAAFAAAAdC5tc3RLUjdQSwECHgMKAAAAAABngXVd6iG+swMAAAADAAAABQAAAAAAAAAAAAAApIEAAAAAdC5tc3RQ' +
    'SwUGAAAAAAEAAQAzAAAAJgAAAAAA',
  'base64',
);
/** Two files of one letter, by Info-ZIP. */
const two = Buffer.from(
  'UEsDBAoAAAAAAGeBdV1DvrfoAQAAAAEAAAABAAAAYWFQSwMECgAAAAAAZ4F1XfnvvnEBAAAAAQAAAAEAAABiYlBLAQIeAwoAAAAAAGeBdV1DvrfoAQAAAAEA' +
    'AAABAAAAAAAAAAEAAACkgQAAAABhUEsBAh4DCgAAAAAAZ4F1XfnvvnEBAAAAAQAAAAEAAAAAAAAAAQAAAKSBIAAAAGJQSwUGAAAAAAIAAgBeAAAAQAAAAAAA',
  'base64',
);

test('unzipOne() reads what Info-ZIP packed and stored', () => {
  const packed = unzipOne(deflated);
  const plain = unzipOne(stored);

  assert.ok(packed.kind === 'file' && plain.kind === 'file');
  assert.equal(packed.name, 'kospi_code.mst');
  assert.equal(new TextDecoder('euc-kr').decode(packed.bytes), '삼성전자\n'.repeat(40));
  assert.deepEqual([plain.name, Buffer.from(plain.bytes).toString()], ['t.mst', 'KR7']);
});

test('unzipOne() refuses an archive of two files and one of none', () => {
  const empty = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

  assert.deepEqual(unzipOne(two), { kind: 'broken', cause: '2 files, wanted one' });
  assert.deepEqual(unzipOne(empty), { kind: 'broken', cause: '0 files, wanted one' });
});

test('unzipOne() sees a changed byte of the file by its checksum', () => {
  const changed = Buffer.from(stored);
  changed[35] = 0x4c;

  assert.deepEqual(unzipOne(changed), { kind: 'broken', cause: 'wrong checksum' });
});

test('unzipOne() never unpacks more than the archive announces', () => {
  const bomb = Buffer.from(zipOne('a.mst', Buffer.alloc(5_000_000)));
  // The announced size, in the directory.
  bomb.writeUInt32LE(10, bomb.length - 22 - 51 + 24);

  assert.deepEqual(unzipOne(bomb), { kind: 'broken', cause: 'cannot be unpacked' });
});

test('unzipOne() refuses a file that announces more than 64 MiB, before it unpacks it', () => {
  const large = Buffer.from(zipOne('a.mst', Buffer.from('x')));
  large.writeUInt32LE(0x7fffffff, large.length - 22 - 51 + 24);

  const answer = unzipOne(large);

  assert.ok(answer.kind === 'broken');
  assert.match(answer.cause, /unpacks to 2147483647 bytes/);
});

test('unzipOne() gives the file or says what is broken, whatever byte was changed or cut', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: deflated.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      fc.nat({ max: deflated.length }),
      (at, change, length) => {
        const changed = Buffer.from(deflated);
        changed[at] = (changed[at] ?? 0) ^ change;

        const answer = unzipOne(changed);
        const cut = unzipOne(deflated.subarray(0, length));

        const whole = '삼성전자\n'.repeat(40);
        if (answer.kind === 'file') assert.equal(new TextDecoder('euc-kr').decode(answer.bytes), whole);
        assert.equal(cut.kind === 'file', length === deflated.length);
      },
    ),
    { numRuns: 300 },
  );
});
