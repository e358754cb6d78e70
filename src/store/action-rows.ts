import type { DatabaseSync } from 'node:sqlite';
import type { CorporateAction, RecordedAction } from './corporate-action.ts';
import { inTransaction } from './store-file.ts';

const fields = `version, symbol, from_day AS "from", kind, known_on AS knownOn, shares_before AS sharesBefore,
  shares_after AS sharesAfter, dividend, is_withdrawn AS isWithdrawn, source`;

/** Records actions as the next version, in one transaction; nothing that was recorded before is changed. */
export function recordActions(database: DatabaseSync, actions: readonly CorporateAction[], source: string): number {
  return inTransaction(database, () => {
    const version = lastActionsVersion(database) + 1;
    const insert = database.prepare('INSERT INTO corporate_actions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    for (const one of actions) {
      const { symbol, from, kind, knownOn, sharesBefore, sharesAfter, dividend, isWithdrawn } = one;
      const withdrawn = isWithdrawn ? 1 : 0;
      insert.run(version, symbol, from, kind, knownOn, sharesBefore, sharesAfter, dividend, withdrawn, source);
    }
    return version;
  });
}

/** 0 when nothing was ever recorded. */
function lastActionsVersion(database: DatabaseSync): number {
  const row = database.prepare('SELECT max(version) AS version FROM corporate_actions').get();
  return Number(row?.['version'] ?? 0);
}

/** Every record of one instrument, or of all when `symbol` is null, in the order of recording. */
export function readActions(database: DatabaseSync, symbol: string | null): readonly RecordedAction[] {
  const where = symbol === null ? '' : 'WHERE symbol = ?';
  const rows = database
    .prepare(`SELECT ${fields} FROM corporate_actions ${where} ORDER BY version, symbol, from_day, kind`)
    .all(...(symbol === null ? [] : [symbol]));
  // The table is STRICT and only this file writes it: its columns have the types of RecordedAction, but for the boolean.
  return rows.map((row) => ({ ...(row as unknown as RecordedAction), isWithdrawn: row['isWithdrawn'] === 1 }));
}
