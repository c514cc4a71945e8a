/*
 * Runs programs, one after the other in this process, and prints as JSON what each of them printed, or why it failed: starting Node
 * and loading the packages takes longer than most of them run.
 */
const outcomes = [];
const files = process.argv.slice(2);
for (const file of files) {
  const outcome = { printed: '' };
  const { write } = process.stdout;
  // A program is given no arguments.
  process.argv = [process.argv[0], file];
  process.stdout.write = (text) => {
    outcome.printed += text;
    return true;
  };
  try {
    await import(file);
    // What a program leaves for later still belongs to it.
    await new Promise((resolve) => setTimeout(resolve, 0));
  } catch (error) {
    outcome.failed = error instanceof Error ? error.stack : String(error);
  } finally {
    process.stdout.write = write;
  }
  outcomes.push(outcome);
}
console.log(JSON.stringify(outcomes));
