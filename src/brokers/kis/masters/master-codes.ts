import type { ListedKind } from '#markets/instrument-list.ts';

import type { MasterRecord } from './master-record.ts';

/** Group of an instrument. @see spec §8 */
export const groupKinds: Readonly<Record<string, ListedKind>> = {
  ST: 'stock',
  MF: 'fund',
  RT: 'reit',
  SC: 'ship',
  IF: 'infrastructure',
  DR: 'depositary-receipt',
  EW: 'elw',
  EF: 'etf',
  FE: 'etf',
  EN: 'etn',
  SW: 'warrant',
  SR: 'warrant',
  BC: 'beneficiary-certificate',
  FS: 'foreign-stock',
};

/** Market warning; empty for what carries none, such as an ELW. */
export const warnings: Readonly<Record<string, MasterRecord['warning']>> = {
  '': 'none',
  '00': 'none',
  '01': 'caution',
  '02': 'warning',
  '03': 'risk',
};

/** `Y` and `N`; empty where a board or an instrument has no such flag. */
export const flags: Readonly<Record<string, boolean>> = { Y: true, N: false, '': false };

/** Short-term overheating: 1 announces it, 2 designates, 3 prolongs. */
export const overheats: Readonly<Record<string, boolean>> = {
  '': false,
  N: false,
  0: false,
  1: false,
  2: true,
  3: true,
};

/** Kind of share: 0 common, 1 preferred of the old form, 2 of the new. */
export const preferreds: Readonly<Record<string, boolean>> = { '': false, 0: false, 1: true, 2: true };
