/**
 * A sample of bounded size from any number of values: when it is full every other one goes, and from then on only
 * every other one is taken. Without chance, so that the same log gives the same sample.
 */
const MOST = 64;

export class ThinnedSample<Value> {
  #values: Value[] = [];
  #stride = 1;
  #seen = 0;

  add(value: Value): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.#values.push(value);
    if (this.#values.length < MOST) return;
    this.#values = this.#values.filter((_, i) => i % 2 === 0);
    this.#stride *= 2;
  }

  /** At most 63, in the order in which they came. */
  get values(): readonly Value[] {
    return this.#values;
  }
}
