/** A field of a master record that cannot be read; the line is left out. It never leaves this folder. */
export class BadField extends Error {
  override readonly name = 'BadField';
}
