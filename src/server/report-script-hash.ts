/**
 * The Content-Security-Policy source of the one script that reports have, `reportScript` of src/backtest/report, which
 * this folder may not import; a test keeps the two equal.
 */
export const reportScriptHash = 'sha256-AVgelY85IiD6wpU1wVT2JQlu3sBcaYkv4B3DyK1hpb4=';
