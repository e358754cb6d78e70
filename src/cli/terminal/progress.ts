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
export function progressLine(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const startedAt = performance.now();
  let drawnAt = -Infinity;
  return {
    show(fraction) {
      const now = performance.now();
      if (!stream.isTTY || now - startedAt < quietMs || now - drawnAt < betweenMs) return;
      drawnAt = now;
      const filled = Math.round(fraction * 30);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.round(fraction * 100)}%`;
      stream.write(`\r\u001B[K${label} ${bar}${timeLeft(fraction, now - startedAt)}`);
    },
    end() {
      if (drawnAt !== -Infinity) stream.write('\r\u001B[2K');
    },
  };
}

/** As if the rest took as long as what is done; nothing while that is a guess out of the blue. */
function timeLeft(fraction: number, spentMs: number): string {
  if (fraction < 0.02 || fraction >= 1) return '';
  const seconds = Math.ceil((spentMs * (1 - fraction)) / fraction / 1_000);
  if (seconds < 60) return say(` ${seconds}초 남았어요`, ` ${seconds} s left`);
  const minutes = Math.ceil(seconds / 60);
  return say(` ${minutes}분쯤 남았어요`, ` about ${minutes} min left`);
}
