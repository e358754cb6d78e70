import assert from 'node:assert/strict';
import { canaryForms } from './canary-forms.ts';
import { formFinder, type FormFinder } from './form-finder.ts';

/** The first characters of a canary say as much as all of them; an app secret has 180. */
const canaryLength = 36;

/** Finds any of 200 forms of each canary, as UTF-8 and as UTF-16, which is how an engine keeps text beyond Latin-1. */
export function canaryFinder(canaries: Readonly<Record<string, string>>): FormFinder {
  const all = new Map<string, Buffer>();
  for (const [name, canary] of Object.entries(canaries)) {
    const forms = canaryForms(canary.slice(0, canaryLength));
    assert.ok(forms.size >= 200, `only ${forms.size} forms`);
    for (const [form, text] of forms) {
      all.set(`${name}, ${form}`, Buffer.from(text));
      all.set(`${name}, ${form}, in UTF-16`, Buffer.from(text, 'utf16le'));
    }
  }
  return formFinder(all);
}
