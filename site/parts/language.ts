import { useData } from 'vitepress';
import { computed } from 'vue';
import type { Words } from '../chapters/model.ts';

/** The language of the page, and how to say something in it. */
export function useLanguage() {
  const { lang } = useData();
  const language = computed<keyof Words>(() => (lang.value.startsWith('zh') ? 'zh' : 'en'));
  const say = (words: string | Words): string => (typeof words === 'string' ? words : words[language.value]);
  return { language, say };
}
