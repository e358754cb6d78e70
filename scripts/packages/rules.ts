import { packageName, type LockedPackage, type LockFile } from './lock-file.ts';
import { packageUses, type PackageUse } from './shipped.ts';

/** At most so many packages are run by our processes, those they need themselves included (threat-model §12). */
export const runPackagesMax = 60;

/** Licences under which something may be shipped, and those that a tool of the workshop may have besides. */
const shippedLicenses = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'OFL-1.1',
  '(MIT OR CC0-1.0)',
]);
const toolLicenses = new Set([...shippedLicenses, 'MPL-2.0']);

const exact = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/** One sentence for each rule that the lock file breaks; none when all is well. */
export function lockProblems(lock: LockFile): readonly string[] {
  const uses = packageUses(lock);
  const run = [...uses.values()].filter((use) => use === 'run').length;
  return [
    ...(run > runPackagesMax ? [`${run} packages are run, at most ${runPackagesMax} may be`] : []),
    ...wantedProblems(lock.root),
    ...[...lock.packages].flatMap(([folder, locked]) => packageProblems(folder, locked, uses.get(folder) ?? 'run')),
  ];
}

/** What we ask for ourselves is asked for by its exact version. */
function wantedProblems({ dependencies, devDependencies, optionalDependencies }: LockedPackage): readonly string[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => `"${name}" is wanted as "${version}", which is no exact version`);
}

function packageProblems(folder: string, locked: LockedPackage, use: PackageUse): readonly string[] {
  const licenses = use === 'tool' ? toolLicenses : shippedLicenses;
  const rules: readonly (readonly [boolean, string])[] = [
    [folder.startsWith('node_modules/') && packageName(folder) !== '', 'does not lie in node_modules'],
    [exact.test(locked.version), `has the version "${locked.version}"`],
    [/^sha512-[A-Za-z0-9+/]{86}==$/.test(locked.integrity ?? ''), 'has no SHA-512'],
    // Without an address npm asks its own registry, and neither a git address nor a host can stand here.
    [locked.resolved === undefined, 'names where it comes from'],
    [locked.link !== true && locked.inBundle !== true, 'is a link or came inside another package'],
    [locked.hasInstallScript !== true, 'wants to run a script when it is installed'],
    [licenses.has(locked.license ?? ''), `has the licence "${locked.license ?? ''}"`],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, sentence]) => `"${folder}" ${sentence}`);
}
