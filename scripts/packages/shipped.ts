import { reachedFrom, resolveFrom, type LockFile } from './lock-file.ts';

/** What the console's sources import and Vite puts into its files: shipped although npm calls it development. */
export const consolePackages = [
  '@fontsource-variable/noto-sans-kr',
  '@mantine/core',
  '@mantine/hooks',
  '@tanstack/react-query',
  'lightweight-charts',
  'react',
  'react-dom',
  'wouter',
] as const;

/** What a package is to us: run by our processes, put into the console, the Node they run on, or a tool of the workshop. */
export type PackageUse = 'run' | 'console' | 'node' | 'tool';

/** The use of every package of the lock by its folder; one that is both run and put into the console counts as run. */
export function packageUses(lock: LockFile): ReadonlyMap<string, PackageUse> {
  const { dependencies, optionalDependencies } = lock.root;
  const uses = new Map<string, PackageUse>([...lock.packages.keys()].map((folder) => [folder, 'tool']));
  mark('node', Object.keys(optionalDependencies));
  mark('console', consolePackages);
  mark('run', Object.keys(dependencies));
  return uses;

  function mark(use: PackageUse, names: readonly string[]): void {
    const folders = names.flatMap((name) => resolveFrom(lock, '', name) ?? []);
    for (const folder of reachedFrom(lock, folders)) uses.set(folder, use);
  }
}
