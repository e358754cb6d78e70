import type { IconName } from '../parts/icon-shapes.tsx';
import type { Strings } from '../strings.ko.ts';

export interface PageEntry {
  readonly key: keyof Strings['pages'];
  readonly href: string;
  readonly icon: IconName;
  /** Drawn now; the others say honestly what they will do. */
  readonly isReady: boolean;
}

export interface PageGroup {
  readonly key: keyof Strings['shell']['groups'];
  readonly pages: readonly PageEntry[];
}

const entry = (key: PageEntry['key'], href: string, icon: IconName, isReady = true): PageEntry => ({
  key,
  href,
  icon,
  isReady,
});

/** The eleven screens, in three groups by verb. */
export const pageGroups: readonly PageGroup[] = [
  {
    key: 'watch',
    pages: [
      entry('today', '/', 'today'),
      entry('assets', '/assets', 'assets', false),
      entry('stocks', '/s', 'stock'),
      entry('orders', '/orders', 'orders'),
    ],
  },
  {
    key: 'make',
    pages: [
      entry('strategies', '/strategies', 'strategy', false),
      entry('lab', '/lab', 'lab'),
      entry('runs', '/runs', 'runs', false),
    ],
  },
  {
    key: 'guard',
    pages: [
      entry('safety', '/safety', 'safety'),
      entry('vault', '/vault', 'vault', false),
      entry('incidents', '/incidents', 'incidents', false),
      entry('system', '/system', 'system'),
    ],
  },
];

/** Bottom tabs of a phone. */
export const tabEntries: readonly PageEntry[] = [
  entry('today', '/', 'today'),
  entry('orders', '/orders', 'orders'),
  entry('stocks', '/s', 'stock'),
  entry('safety', '/safety', 'safety'),
  entry('all', '/all', 'more'),
];

/** Whether `location` is the page at `href` or one below it. */
export function isAt(location: string, href: string): boolean {
  return href === '/' ? location === '/' : location === href || location.startsWith(`${href}/`);
}
