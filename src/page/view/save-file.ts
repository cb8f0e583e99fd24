/** Saves a file as a download, which stays on the machine. */
import { element } from '../dom.ts';

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = element('a', { href: address, download: name });
  link.click();
  // The download has begun; its browser holds the content from now on.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, SAFE_AFTER_MS);
}

const SAFE_AFTER_MS = 60_000;
