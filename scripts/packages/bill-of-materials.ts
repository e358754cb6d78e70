import { neededBy, packageName, type LockedPackage, type LockFile } from './lock-file.ts';
import { packageUses, type PackageUse } from './shipped.ts';

interface Hash {
  readonly alg: 'SHA-256' | 'SHA-384' | 'SHA-512';
  readonly content: string;
}

type License = { readonly license: { readonly id: string } } | { readonly expression: string };

interface Component {
  readonly type: 'application' | 'library';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly scope?: 'required' | 'optional' | 'excluded';
  readonly hashes: readonly Hash[];
  readonly licenses: readonly License[];
  readonly purl?: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** A CycloneDX 1.6 document, as far as we fill it. */
export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const scopes = { run: 'required', console: 'required', node: 'optional', tool: 'excluded' } as const;

/**
 * What this build is made of. It has neither a time nor a serial number, so that the same lock and sources give the same
 * bytes; the build hash of the sources, by which processes know each other, stands as the hash of the application.
 *
 * @param buildHash SHA-256 in hex over our sources and the lock
 * @throws {RangeError} when a package has no licence or no integrity that we can read
 * @see CycloneDX 1.6 (ECMA-424)
 */
export function billOfMaterials(lock: LockFile, buildHash: string): BillOfMaterials {
  const uses = packageUses(lock);
  const folders = [...lock.packages.keys()].toSorted();
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: applicationOf(lock, buildHash) },
    components: folders.map((folder) => componentOf(folder, packageIn(lock, folder), uses.get(folder) ?? 'tool')),
    dependencies: ['', ...folders].map((folder) => ({
      ref: refOf(lock, folder),
      dependsOn: neededBy(lock, folder).map((needed) => refOf(lock, needed)),
    })),
  };
}

function packageIn(lock: LockFile, folder: string): LockedPackage {
  return lock.packages.get(folder) ?? lock.root;
}

function applicationOf(lock: LockFile, buildHash: string): Component {
  const { name, version } = lock.root;
  return {
    type: 'application',
    'bom-ref': refOf(lock, ''),
    name,
    version,
    hashes: [{ alg: 'SHA-256', content: buildHash }],
    licenses: [licenseOf(name, lock.root)],
  };
}

function componentOf(folder: string, locked: LockedPackage, use: PackageUse): Component {
  const [name = '', group] = packageName(folder).split('/').toReversed();
  return {
    type: 'library',
    'bom-ref': folder,
    ...(group === undefined ? {} : { group }),
    name,
    version: locked.version,
    scope: scopes[use],
    hashes: [hashOf(folder, locked)],
    licenses: [licenseOf(folder, locked)],
    purl: `pkg:npm/${group === undefined ? '' : `${encodeURIComponent(group)}/`}${name}@${locked.version}`,
    properties: [{ name: 'snowball:use', value: use }],
  };
}

/** The folder, since the same package of the same version can lie in several. */
function refOf(lock: LockFile, folder: string): string {
  return folder === '' ? `${lock.root.name}@${lock.root.version}` : folder;
}

function licenseOf(folder: string, { license }: LockedPackage): License {
  if (license === undefined) throw new RangeError(`Cannot list "${folder}": the lock file names no licence of it`);
  return / (OR|AND|WITH) /.test(license) ? { expression: license } : { license: { id: license } };
}

/** npm writes the digest in base64, CycloneDX wants hex. */
function hashOf(folder: string, { integrity = '' }: LockedPackage): Hash {
  const [, bits, digest] = /^sha(256|384|512)-([A-Za-z0-9+/]+={0,2})$/.exec(integrity) ?? [];
  if (digest === undefined) throw new RangeError(`Cannot list "${folder}": the lock file has no digest of it`);
  const alg = bits === '512' ? 'SHA-512' : bits === '384' ? 'SHA-384' : 'SHA-256';
  return { alg, content: Buffer.from(digest, 'base64').toString('hex') };
}
