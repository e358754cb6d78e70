import { say } from '#link/language.ts';

const quietMs = 1_000;
const betweenMs = 200;

export interface Progress {
  /** Share done, 0 to 1. */
  readonly show: (fraction: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

/**
 * One line on standard error that appears once something takes longer than a second and is redrawn five times a second
 * at most; nothing at all when standard error is not a terminal.
 */
export function progressLine(label: string): Progress {
  const stream = process.stderr;
  const startedAt = performance.now();
  let first: Moment | null = null;
  let drawnAt = -Infinity;
  return {
    show(fraction) {
      const now = performance.now();
      first ??= { at: now, fraction };
      if (!stream.isTTY || now - startedAt < quietMs || now - drawnAt < betweenMs) return;
      drawnAt = now;
      const filled = Math.round(fraction * 30);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.round(fraction * 100)}%`;
      stream.write(`\r\u001B[K${label} ${bar}${timeLeft(first, { at: now, fraction })}`);
    },
    end() {
      if (drawnAt !== -Infinity) stream.write('\r\u001B[2K');
    },
  };
}

interface Moment {
  readonly at: number;
  readonly fraction: number;
}

/**
 * As if the rest took as long as what was done since the first news; nothing while that is a guess out of the blue. What
 * came before tells nothing of the pace: threads were starting, and a file may have brought half of the work along.
 */
function timeLeft(first: Moment, { at, fraction }: Moment): string {
  const [done, left] = [fraction - first.fraction, 1 - fraction];
  if (done < 0.02 * (1 - first.fraction) || left <= 0) return '';
  const seconds = Math.ceil(((at - first.at) * left) / done / 1_000);
  if (seconds < 60) return say(` ${seconds}초 남았어요`, ` ${seconds} s left`);
  const minutes = Math.ceil(seconds / 60);
  return say(` ${minutes}분쯤 남았어요`, ` about ${minutes} min left`);
}
