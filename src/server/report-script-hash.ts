/**
 * The Content-Security-Policy source of the one script that reports have, `reportScript` of src/backtest/report, which
 * this folder may not import; a test keeps the two equal.
 */
export const reportScriptHash = 'sha256-2MR1euIrdVAe3HH65YNkmZf2+vVAHx0dTxvdOYOPWCs=';
