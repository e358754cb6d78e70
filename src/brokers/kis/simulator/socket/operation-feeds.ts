import { encodeOperationRecord } from '../encode/encode-operation-record.ts';
import type { MarketFloor } from '../venue/floor/market-floor.ts';
import type { Board, MarketOperation } from '../venue/floor/market-operation.ts';
import type { FeedFrame } from './feed-frame.ts';

const boardFeeds: Readonly<Record<Board, string>> = { KRX: 'H0STMKO0', NXT: 'H0NXMKO0' };
const unifiedFeed = 'H0UNMKO0';

/** What an operation is told from: the floor, who listens, and the phase each board was in. */
export interface OperationContext {
  readonly floor: MarketFloor;
  /** Keys that anybody has registered for a feed. */
  keysOf(trId: string): readonly string[];
  /** Changed by each phase that is told. */
  readonly phases: Map<Board, string>;
}

/** A phase is told to everybody who listens to operations of its board, an interruption to those of its instrument. */
export function operationFrames(operation: MarketOperation, context: OperationContext): readonly FeedFrame[] {
  const phaseBefore = context.phases.get(operation.board) ?? null;
  const frames = [boardFeeds[operation.board], unifiedFeed].flatMap((trId) =>
    keysOf(operation, trId, context).flatMap((key) => {
      const desk = context.floor.desk(key, operation.board);
      const record = desk === null ? null : encodeOperationRecord(desk, operation, phaseBefore);
      return record === null ? [] : [{ trId, key, layout: 'operation' as const, records: [record], canSkip: false }];
    }),
  );
  if (operation.kind === 'phase') context.phases.set(operation.board, operation.phase);
  return frames;
}

function keysOf(operation: MarketOperation, trId: string, context: OperationContext): readonly string[] {
  const keys = context.keysOf(trId);
  return operation.kind === 'phase' ? keys : keys.filter((key) => key === operation.symbol);
}
