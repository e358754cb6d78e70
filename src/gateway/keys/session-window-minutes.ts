/** Time to fetch a token, to read the books and to look for what was in doubt, before the first order can be taken. */
export const opensBeforeMinutes = 20;

/** Time for the reconcile of the day's end, whose last fills and balances KIS shows some minutes after the close. */
export const closesAfterMinutes = 30;

/** How far ahead the next window is looked for: longer than any row of holidays KRX ever had. */
export const daysAheadMax = 14;
