/** Building the document: elements from values, never from markup, and every text made plain. */
import { plainText } from '../report/plain-text.ts';

export type Child = Node | string | number | undefined;

export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Attributes are set as given: none of ours takes code, a style or an address from a log. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : plainText(value));
  }
  fill(made, children);
  return made;
}

/** Replaces what a parent holds. */
export function fill(parent: Element, children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== undefined).map((child) => (child instanceof Node ? child : plainText(String(child)))));
}

/** Text of several lines, which stay lines. */
export function lines(text: string): Child[] {
  return text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [element('br'), line]));
}

/** For screen readers only. */
export function unseen(text: string): HTMLElement {
  return element('span', { class: 'unseen' }, text);
}

export function button(label: string, onPress: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onPress);
  return made;
}

/** A choice among texts, with its label. */
export function choice(
  label: string,
  options: readonly { readonly value: string; readonly text: string }[],
  chosen: string,
  onChoice: (value: string) => void,
): HTMLLabelElement {
  const select = element('select', {}, ...options.map(({ value, text }) => element('option', { value, selected: value === chosen }, text)));
  select.addEventListener('change', () => {
    onChoice(select.value);
  });
  return element('label', {}, element('span', {}, label), select);
}
