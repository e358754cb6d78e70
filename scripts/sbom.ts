import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildHash } from '#supervisor/build-hash.ts';
import { billOfMaterials } from './packages/bill-of-materials.ts';
import { readLockFile } from './packages/lock-file.ts';

/** `snowball sbom`, which is `npm run sbom`: the bill of materials of this checkout as CycloneDX 1.6 JSON on standard output. */
const root = join(import.meta.dirname, '..');
const lock = readLockFile(readFileSync(join(root, 'package-lock.json'), 'utf8'));
process.stdout.write(`${JSON.stringify(billOfMaterials(lock, buildHash(root)), null, 2)}\n`);
