/** Whether certain bytes occur among others, looking at a few of them only (Horspool's search). */

/** A search for `needle`: tells whether it lies within `from` to `to` of some bytes. */
export function searchFor(needle: Uint8Array): (bytes: Uint8Array, from: number, to: number) => boolean {
  const last = needle.length - 1;
  // How far the needle may move on, by the byte that lies under its end.
  const shifts = new Uint8Array(256).fill(needle.length);
  for (let i = 0; i < last; i++) shifts[needle[i]!] = last - i;
  return (bytes, from, to) => {
    for (let at = from + last; at < to; at += shifts[bytes[at]!]!) {
      let i = last;
      while (i >= 0 && bytes[at - last + i] === needle[i]) i--;
      if (i < 0) return true;
    }
    return false;
  };
}
