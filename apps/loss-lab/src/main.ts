import { asProcess } from './asProcess.ts';
import { run } from './run.ts';

await asProcess(run);
