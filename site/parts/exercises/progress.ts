import { onMounted, ref } from 'vue';

const key = 'tapegrad-exercises';

/** The names of solved exercises, as the browser keeps them. A page that may keep nothing works without. */
const solved = ref<ReadonlySet<string>>(new Set());

/** Which exercises the reader has solved, on this page and earlier ones. */
export function useProgress() {
  // Not before the page stands: the page as it was built knows no reader.
  onMounted(() => {
    solved.value = new Set([...solved.value, ...read()]);
  });
  const markSolved = (name: string): void => {
    solved.value = new Set([...solved.value, ...read(), name]);
    try {
      localStorage.setItem(key, JSON.stringify([...solved.value].sort()));
    } catch {
      // Refused or full: it is known until the page is left.
    }
  };
  return { solved, markSolved };
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
