import { readFileSync, statSync } from 'node:fs';
import { url } from 'node:inspector';

/** What a stranger with a shell could use to look into this process. */
export interface Posture {
  /** The inspector listens. */
  readonly isInspectorOpen: boolean;
  /** Bytes of the largest core file, Infinity for no bound; null where the system does not say. */
  readonly coreBytesMax: number | null;
  /** Another process of the same user may open our memory; null where it cannot be seen: other systems, and root. */
  readonly isDumpable: boolean | null;
}

/** Looks at the process itself. */
export function readPosture(): Posture {
  return { isInspectorOpen: url() !== undefined, coreBytesMax: coreBytesMax(), isDumpable: isDumpable() };
}

/** The soft limit is what the kernel obeys. */
function coreBytesMax(): number | null {
  if (process.platform !== 'linux') return null;
  const [, soft] = /^Max core file size\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  if (soft === undefined) return null;
  return soft === 'unlimited' ? Infinity : Number(soft);
}

/** proc(5): the files of a non-dumpable process belong to root. Of a process of root they do in any case. */
function isDumpable(): boolean | null {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return null;
  return statSync('/proc/self/environ').uid !== 0;
}
