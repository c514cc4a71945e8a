import { useData } from 'vitepress';
import { onMounted, watch } from 'vue';

/** Marks the content of the first page as the main part, for readers of the screen: VitePress does so for all others. */
export function useMainLandmark(): void {
  const { frontmatter } = useData();
  const mark = (): void => {
    const content = document.querySelector('#VPContent');
    if (frontmatter.value.layout === 'home') content?.setAttribute('role', 'main');
    else content?.removeAttribute('role');
  };
  onMounted(mark);
  watch(frontmatter, mark, { flush: 'post' });
}
