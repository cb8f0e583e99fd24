/** The account of one race or resolution: its lines so far, queries of one moment told in one. */
import type { Query } from '../../engine/dns.ts';

import { type Millis, wholeMicros } from '../../units.ts';
import type { ExplanationLine, ExplanationSection } from './explanation.ts';
import { listText } from './words.ts';

interface Asked {
  readonly at: Millis;
  readonly rule: string;
  readonly name: string;
  readonly types: string[];
}

export class Account {
  readonly origin: string;
  readonly #kind: ExplanationSection['kind'];
  readonly #id: number;
  readonly #lines: ExplanationLine[] = [];
  #asked: Asked | undefined;

  constructor(kind: ExplanationSection['kind'], id: number, origin: string) {
    this.#kind = kind;
    this.#id = id;
    this.origin = origin;
  }

  says(line: ExplanationLine): void {
    this.#tellQueries();
    this.#lines.push({ ...line, at: wholeMicros(line.at) });
  }

  asks({ name, type }: Query, at: Millis, rule: string): void {
    const asked = this.#asked;
    if (asked?.at === at && asked.rule === rule && asked.name === name) {
      asked.types.push(type);
      return;
    }
    this.#tellQueries();
    this.#asked = { at, rule, name, types: [type] };
  }

  section(): ExplanationSection {
    this.#tellQueries();
    return { kind: this.#kind, id: this.#id, origin: this.origin, lines: this.#lines };
  }

  #tellQueries(): void {
    const asked = this.#asked;
    if (asked === undefined) return;
    this.#asked = undefined;
    this.#lines.push({ at: wholeMicros(asked.at), rule: asked.rule, tone: 'step', text: `The race asks for ${listText(asked.types)} of ${asked.name}.` });
  }
}
