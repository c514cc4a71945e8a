/*
 * How long a training step takes in a page, beside the same step in Node: `node apps/playground/test/speed.mjs`.
 * The same network, images and batches, trained by the same function on as many threads, in turns; what is reported is the
 * median of the last steps of each run, and the ratio of the medians over the rounds. Options: --rounds 5, --threads 1,2.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** Steps of a run; the page shows the median of its last 200, once code is warm. */
const steps = 1000;
const timed = 200;
const settings = { net: 'small', optimiser: 'adam', learningRate: 0.002, batchSize: 64, seed: 1 };
const asked = 1.3;

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const entry = fileURLToPath(new URL('./speedEntry.ts', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1,2' },
    'in-node': { type: 'string' },
  },
});

if (values['in-node'] === undefined) await measure();
else await trainInNode(values['in-node']);

/** What the child process does: the same steps as the page takes, and nothing else. */
async function trainInNode(bundle) {
  const { builtInDigits, median, Training } = await import(pathToFileURL(bundle).href);
  const training = new Training(builtInDigits().train, settings);
  const times = [];
  for (let step = 0; step < steps; step++) times.push(training.takeStep().milliseconds);
  console.log(JSON.stringify(median(times.slice(-timed))));
}

async function measure() {
  const { build, preview } = await import('vite');
  const { chromium } = await import('playwright-core');
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-speed-'));
  const [page, program] = [join(folder, 'page'), join(folder, 'node')];
  await build({ configFile, logLevel: 'warn', build: { outDir: page, emptyOutDir: true } });
  await build({
    configFile,
    logLevel: 'warn',
    build: {
      outDir: program,
      emptyOutDir: true,
      ssr: entry,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
    ssr: { noExternal: true },
  });
  const server = await preview({ configFile, build: { outDir: page }, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch({
    executablePath: process.env.TAPEGRAD_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const { median } = await import(pathToFileURL(join(program, 'entry.mjs')).href);
    const { port } = server.httpServer.address();
    for (const threads of values.threads.split(',').map(Number)) {
      const rounds = [];
      for (let round = 0; round < Number(values.rounds); round++) {
        const node = inNode(join(program, 'entry.mjs'), threads);
        const inPage = await trainInPage(browser, `http://127.0.0.1:${port}/`, threads);
        rounds.push({ node, inPage });
        console.log(`  ${threads} thread(s), round ${round + 1}: Node ${shown(node)}, page ${shown(inPage)}`);
      }
      const [node, inPage] = [median(rounds.map(({ node }) => node)), median(rounds.map(({ inPage }) => inPage))];
      const ratio = inPage / node;
      const ratios = rounds.map(({ node, inPage }) => (inPage / node).toFixed(2)).join(', ');
      console.log(
        `${threads} thread(s): Node ${shown(node)}, page ${shown(inPage)} a step; ` +
          `ratio ${ratio.toFixed(2)} (rounds ${ratios}), asked for at most ${asked}: ${ratio <= asked ? 'met' : 'MISSED'}`,
      );
    }
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

function inNode(bundle, threads) {
  const env = { ...process.env, TAPEGRAD_THREADS: String(threads) };
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--in-node', bundle], { env });
  return JSON.parse(output.toString());
}

/** Trains as a reader does: the curves are drawn meanwhile, and the number is the one that the page shows. */
async function trainInPage(browser, address, threads) {
  const { net, optimiser, learningRate, batchSize, seed } = settings;
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(
    `${address}#training?net=${net}&optimiser=${optimiser}&rate=${learningRate}&batch=${batchSize}&seed=${seed}&threads=${threads}`,
  );
  const engine = page.locator('[data-threads]');
  await engine.waitFor();
  const started = Number(await engine.getAttribute('data-threads'));
  if (started !== threads) throw new Error(`the page trains on ${started} threads, not on ${threads}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(
    (steps) => Number(document.querySelector('data[data-name="step"]')?.getAttribute('value')) >= steps,
    steps,
    { timeout: 120_000, polling: 200 },
  );
  await page.getByRole('button', { name: 'Pause' }).click();
  const milliseconds = Number(await page.locator('data[data-name="step-time"]').getAttribute('value'));
  await context.close();
  return milliseconds;
}

function shown(milliseconds) {
  return `${milliseconds.toFixed(3)} ms`;
}
