import { Problem } from '../problem.ts';

/**
 * A library that is installed for the bench alone. Its name is hidden from the compiler, and what is used of it described
 * where it is used: so everything compiles where nobody has installed it.
 */
export async function peer<Interface>(name: string): Promise<Interface> {
  try {
    return await import(name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(`${name} is not there (${reason}). Install it with \`npx pnpm --dir bench install\`.`);
  }
}
