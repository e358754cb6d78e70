import { createHash } from 'node:crypto';
import { reportScriptHash } from './report-script-hash.ts';

/**
 * The Content-Security-Policy of a report. It is one self-contained file meant to be kept, so its styles are inline: each
 * is allowed by its own hash. Of scripts only the one that every report has may run, by a hash that is written down here
 * and not taken from the file: whatever else a file holds stays text. `sandbox` takes the page out of our origin, so that
 * even that script reaches no cookie and no door of ours, and nothing can be fetched.
 */
export function reportPolicy(html: string): string {
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  const style = styles.length === 0 ? "'none'" : styles.join(' ');
  return `sandbox allow-scripts; default-src 'none'; script-src '${reportScriptHash}'; style-src ${style}; frame-ancestors 'none'; base-uri 'none'`;
}
