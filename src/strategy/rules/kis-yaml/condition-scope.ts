import type { RuleParam } from '../program.ts';
import type { AliasTable } from './alias-table.ts';
import type { ReadingNotes } from './reading-notes.ts';

/** What a condition of a file is read with. */
export interface ConditionScope {
  readonly aliases: AliasTable;
  readonly params: Readonly<Record<string, RuleParam>>;
  readonly notes: ReadingNotes;
  /** Counts the rules of the whole file. */
  readonly budget: { rules: number };
  /** Inside `x_snowball`, where groups, earlier bars and calculations on either side are known. */
  readonly isTree: boolean;
}
