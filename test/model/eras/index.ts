/** The era fixtures, oldest first. */
import { chrome113 } from './chrome-113.ts';
import { chrome120 } from './chrome-120.ts';
import { chrome126 } from './chrome-126.ts';
import { chrome132 } from './chrome-132.ts';
import { chrome141 } from './chrome-141.ts';
import { chrome146 } from './chrome-146.ts';
import { chrome148 } from './chrome-148.ts';
import { chrome156 } from './chrome-156.ts';
import { chrome39 } from './chrome-39.ts';
import { chrome71 } from './chrome-71.ts';
import { chrome92 } from './chrome-92.ts';
import type { Era } from './era.ts';

export const ERAS: readonly Era[] = [
  chrome39,
  chrome71,
  chrome92,
  chrome113,
  chrome120,
  chrome126,
  chrome132,
  chrome141,
  chrome146,
  chrome148,
  chrome156,
];
