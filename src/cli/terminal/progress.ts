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
      stream.write(`\r${label} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.round(fraction * 100)}%`);
    },
    end() {
      if (drawnAt !== -Infinity) stream.write('\r\u001B[2K');
    },
  };
}
