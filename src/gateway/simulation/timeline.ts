/** Something that will happen; what belongs to a process that is dead by then never does. */
export interface Happening {
  readonly at: number;
  readonly serial: number;
  /** The life of the process it belongs to; null for the world outside. */
  readonly life: number | null;
  readonly happen: () => void;
  /** Happens again and again by itself: when only such things are left, the history has come to rest. */
  readonly isRoutine: boolean;
}

/** The virtual clock: things happen in order of time, and at one time in the order in which they were planned. */
export class Timeline {
  /** Milliseconds since the start of the history. */
  now = 0;
  readonly #heap: Happening[] = [];
  #serial = 0;
  #busy = 0;

  /** Things to come that are no routine. */
  get busy(): number {
    return this.#busy;
  }

  in(afterMs: number, happen: () => void, life: number | null, isRoutine = false): void {
    this.#push({ at: this.now + afterMs, serial: (this.#serial += 1), life, happen, isRoutine });
  }

  /** The same thing at a later time, before everything else that was planned for then. */
  postpone(happening: Happening, until: number): void {
    this.#push({ ...happening, at: until });
  }

  /** Takes out what happens next and moves the clock there; null when nothing is left. */
  next(): Happening | null {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#heap.length > 0) this.#sink(last);
    this.now = first.at;
    if (!first.isRoutine) this.#busy -= 1;
    return first;
  }

  #push(happening: Happening): void {
    const heap = this.#heap;
    if (!happening.isRoutine) this.#busy += 1;
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isEarlier(above, happening)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = happening;
  }

  #sink(happening: Happening): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isEarlier(right, left);
      const child = isRight ? right : left;
      if (isEarlier(happening, child)) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = happening;
  }
}

function isEarlier(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.serial < b.serial);
}
