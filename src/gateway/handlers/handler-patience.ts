/** Real milliseconds that a call waits for the start to be resolved. */
export const readyPatienceMs = 8_000;
/** For an order's fate. */
export const fatePatienceMs = 45_000;
/** For the order before it in the same lane. */
export const lanePatienceMs = 15_000;
/** For cancels to take effect. */
export const cancelPatienceMs = 10_000;
