import { setTimeout as pause } from 'node:timers/promises';

/** What `work` comes to, or null when that takes longer; `work` goes on then, and its failure is nobody's business. */
export async function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer | null> {
  const isHere = new AbortController();
  const late = pause(milliseconds, null, { signal: isHere.signal }).catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    isHere.abort();
  }
}
