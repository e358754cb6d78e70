import type { ParentMessage } from './parent-message.ts';

/**
 * Reads a line of the runner inside a strategy's child. Written by hand because the child's folder holds no package; it
 * checks what the child relies on, and the runner builds these messages from typed values.
 *
 * @throws {TypeError} a line that is not such a message
 */
export function decodeParentMessage(line: string): ParentMessage {
  const message: unknown = JSON.parse(line);
  if (!isRecord(message) || !Number.isSafeInteger(message['event']) || !isSnapshot(message['context'])) throw refused();
  const isBar = message['kind'] === 'bar' && typeof message['instrument'] === 'string' && isBarRecord(message['bar']);
  const isOrder = message['kind'] === 'order' && isRecord(message['update']);
  const isClose = message['kind'] === 'close' && Number.isSafeInteger(message['date']);
  if (!isBar && !isOrder && !isClose) throw refused();
  return message as unknown as ParentMessage;
}

function isSnapshot(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const numbers = ['nowMs', 'cash', 'equity', 'orderValueMax'];
  const lists = ['positions', 'openOrders', 'rules'];
  return numbers.every((key) => typeof value[key] === 'number') && lists.every((key) => Array.isArray(value[key]));
}

function isBarRecord(value: unknown): boolean {
  const columns = ['startsAtMs', 'date', 'open', 'high', 'low', 'close', 'volume'];
  return isRecord(value) && columns.every((key) => typeof value[key] === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function refused(): TypeError {
  return new TypeError('Not a message of the runner');
}
