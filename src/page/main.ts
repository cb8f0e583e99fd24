/** The script of a report's page: reads the data beside it and shows what the address names. */
import type { PageData } from '../report/html/page-data.ts';
import { reportPage } from './report-page.ts';
import './style.css';

const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '');
reportPage(data, document.body);
