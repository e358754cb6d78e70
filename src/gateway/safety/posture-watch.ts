import { readPosture, type Posture } from './posture.ts';

export interface PostureWatchOptions {
  /** This process was started so that it cannot be dumped; false: nobody promised it. */
  readonly isSealed: boolean;
  readonly halt: (by: string, reason: string) => void;
  /** `readPosture` if not said. */
  readonly read?: () => Posture;
}

const lookEveryMs = 1_000;

/**
 * Threat-model §10, N14: whoever could look into the process that holds the keys halts it. Each finding halts once, and
 * again when it went and came back; what was found stays found for the person to read in the record.
 */
export class PostureWatch {
  readonly #options: PostureWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #found: readonly string[] = [];

  /** Looks at once, and then every second. */
  constructor(options: PostureWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), lookEveryMs);
    this.#timer.unref();
    this.look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  look(): void {
    const { read = readPosture, isSealed, halt } = this.#options;
    const found = weaknesses(read(), isSealed);
    for (const weakness of found) if (!this.#found.includes(weakness)) halt('rule N14', weakness);
    this.#found = found;
  }
}

/** What a posture gives away. What cannot be seen is not held against it, unless it was promised (INV-11). */
export function weaknesses(posture: Posture, isSealed: boolean): readonly string[] {
  const { isInspectorOpen, coreBytesMax, isDumpable } = posture;
  return [
    ...(isInspectorOpen ? ['the inspector of the gateway is open'] : []),
    ...(coreBytesMax !== null && coreBytesMax > 0 ? ['a crash of the gateway would leave a core file'] : []),
    ...(isSealed && isDumpable !== false ? ['the memory of the gateway can be opened by other processes'] : []),
  ];
}
