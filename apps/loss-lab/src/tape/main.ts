import { asProcess } from '../asProcess.ts';
import { runTape } from './run.ts';

await asProcess(runTape);
