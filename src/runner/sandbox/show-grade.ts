import { detectIsolation } from './isolation-grade.ts';

/** Prints the isolation grade of this machine, found by trying, as one line of JSON: for `snowball doctor`. */
const { grade, missing, missingForB } = detectIsolation();
process.stdout.write(`${JSON.stringify({ grade, missing, missingForB })}\n`);
