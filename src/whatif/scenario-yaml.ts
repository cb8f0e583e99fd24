/** A drafted scenario as a file: YAML that people read and change, with a comment wherever something was assumed. */
import { Document, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { fieldsOf, type Noted, type ScenarioDraft } from './scenario-draft.ts';

/** Fields whose entries go on a line of their own each. */
const LISTS = [['servers'], ['requests'], ['dns', 'rules'], ['network', 'rules']] as const;

/** @param heading of the file, as comment; a line each. */
export function scenarioYaml(draft: ScenarioDraft, heading: readonly string[]): string {
  const document = new Document(fieldsOf(draft));
  document.commentBefore = heading.map((line) => ` ${oneLine(line)}`).join('\n');
  for (const path of LISTS) eachEntry(document.getIn(path), (entry) => void (entry.flow = true));
  for (const name of ['client', 'link', 'overrides']) flow(document.get(name));
  flow(document.getIn(['dns', 'servers']));
  remark(document.getIn(['dns', 'rules']), draft.dnsRules);
  remark(document.getIn(['network', 'rules']), draft.networkRules);
  remark(document.get('requests'), draft.requests);
  const zone = document.getIn(['dns', 'zone'], true);
  if (isScalar(zone)) zone.type = 'BLOCK_LITERAL';
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function remark(list: unknown, entries: readonly Noted<unknown>[]): void {
  let index = 0;
  eachEntry(list, (entry) => {
    const note = entries[index++]?.note;
    if (note !== undefined) entry.comment = ` ${oneLine(note)}`;
  });
}

function eachEntry(list: unknown, change: (entry: Node & { flow?: boolean | undefined }) => void): void {
  if (!isSeq(list)) return;
  for (const entry of list.items) if (isNode(entry)) change(entry);
}

function flow(node: unknown): void {
  if (isMap(node) || isSeq(node)) node.flow = true;
}

/** Text from a log must not end a comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
