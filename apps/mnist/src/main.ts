import { runCommand } from './command.ts';
import { presets } from './presets.ts';

process.exitCode = await runCommand(presets.mnist, process.argv.slice(2));
