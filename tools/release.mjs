// Publishes all packages, each with a bill of materials: `npx pnpm release`. It needs the variable NPM_TOKEN and nothing else.
// `--dry-run` does all but the last step, and needs no token. docs/contributing/release.md tells when to run it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const known = ['--dry-run', '--without-provenance'];
const asked = process.argv.slice(2);
const unknown = asked.filter((option) => !known.includes(option));
const isDry = asked.includes('--dry-run');
/** npm signs where a package was built, which only a build service can vouch for. */
const canBeSigned = process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined;
const isSigned = !asked.includes('--without-provenance');

const reason =
  unknown.length > 0
    ? `${unknown.join(' and ')} is not known; there is ${known.join(' and ')}`
    : isDry
      ? undefined
      : process.env.NPM_TOKEN === undefined
        ? 'NPM_TOKEN is not set; it holds the token of an npm account that may publish tapegrad'
        : isSigned && !canBeSigned
          ? 'provenance needs a build service that vouches for the build (.github/workflows/release.yml); --without-provenance does without'
          : undefined;
if (reason) {
  console.error(`error: ${reason}`);
  process.exit(2);
}

const run = (command, args, environment = {}) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  if (status !== 0) process.exit(status ?? 1);
};
const pnpm = join(root, 'node_modules/.bin/pnpm');
const packages = ['--recursive', '--filter', './packages/*'];

rmSync(join(root, 'release'), { recursive: true, force: true });
mkdirSync(join(root, 'release'));
const bills = ['sbom', '--sbom-format', 'cyclonedx', '--prod', '--split', '--filter', './packages/*'];
run(pnpm, [...bills, '--out', 'release/%s-%v.cdx.json']);
if (isDry) run(pnpm, [...packages, 'pack', '--pack-destination', join(root, 'release')]);
else {
  // A file of settings for this run alone, outside of the tree: it names the variable and not the token.
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-release-'));
  const settings = join(folder, 'npmrc');
  const registry = spawnSync(pnpm, ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' }).stdout.trim();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: pnpm puts the variable in.
  const token = `${new URL(registry).href.replace(/^https?:/, '').replace(/\/*$/, '/')}:_authToken=${'${NPM_TOKEN}'}`;
  writeFileSync(settings, `registry=${registry}\n${token}\n`);
  try {
    run(pnpm, [...packages, 'publish', '--no-git-checks', '--access', 'public'], {
      NPM_CONFIG_USERCONFIG: settings,
      NPM_CONFIG_PROVENANCE: String(isSigned),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
