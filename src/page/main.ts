/** The script of both pages: that of a report, which carries its data, and that of `view`, which reads logs itself. */
import type { PageData } from '../report/html/page-data.ts';
import type { ViewData } from '../report/html/view-document.ts';
import { pageFrame } from './frame.ts';
import { reportPage } from './report-page.ts';
import { viewPage } from './view/view-page.ts';
import './style.css';

const report = document.getElementById('data');
if (report === null) {
  const data: ViewData = JSON.parse(document.getElementById('view')?.textContent ?? '');
  viewPage(data, document.body);
} else {
  const data: PageData = JSON.parse(report.textContent);
  reportPage(data, pageFrame(data.tool, document.body));
}
