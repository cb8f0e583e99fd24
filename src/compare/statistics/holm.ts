/**
 * P-values of several tests, adjusted so that the chance of even one false alarm among them stays what was chosen for
 * one: the step-down method of Holm (1979), R's `p.adjust(method = "holm")`.
 */

/** In the order given; each at most 1. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).toSorted((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const adjusted = Array.from(pValues, () => 1);
  let greatest = 0;
  order.forEach((i, rank) => {
    greatest = Math.max(greatest, Math.min(1, (pValues[i] ?? 1) * (pValues.length - rank)));
    adjusted[i] = greatest;
  });
  return adjusted;
}
