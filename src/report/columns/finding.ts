/** The columns of a finding, for CSV; people read findings as paragraphs. */
import type { Finding } from '../../findings/finding.ts';
import type { Column } from '../column.ts';

export const findingColumns: readonly Column<Finding>[] = [
  { id: 'severity', title: 'Severity', rank: 0, value: (finding) => finding.severity },
  { id: 'id', title: 'Rule', rank: 0, value: (finding) => finding.id },
  { id: 'title', title: 'Title', rank: 0, value: (finding) => finding.title },
  { id: 'detail', title: 'Detail', rank: 0, value: (finding) => finding.detail },
  { id: 'sourceIds', title: 'Sources', rank: 0, value: (finding) => finding.evidence.sourceIds.join(' ') },
  { id: 'eventIndices', title: 'Events', rank: 0, value: (finding) => finding.evidence.eventIndices.join(' ') },
  { id: 'spec', title: 'Rests on', rank: 0, value: (finding) => finding.spec },
  { id: 'threshold', title: 'Threshold', rank: 0, value: (finding) => finding.threshold },
  { id: 'advice', title: 'What to do', rank: 0, value: (finding) => finding.advice },
];
