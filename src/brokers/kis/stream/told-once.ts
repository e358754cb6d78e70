/** Names at the most: they come from outside. */
const namesMax = 200;

/** What has been told already, so that a broken feed does not flood the person. */
export class ToldOnce {
  readonly #names = new Set<string>();

  /** True the first time; false again for everything once there are too many names. */
  isNews(name: string): boolean {
    if (this.#names.has(name) || this.#names.size >= namesMax) return false;
    this.#names.add(name);
    return true;
  }

  /** Everything is news again. */
  forget(): void {
    this.#names.clear();
  }
}
