import { withBase } from 'vitepress';
import { defineComponent } from 'vue';
import { useLanguage } from './language.ts';

/** A link to a tab of the Lab, in the language of the page: `<LabLink to="layers?layer=dense">step through it</LabLink>`. */
export const LabLink = defineComponent(
  (props: { readonly to: string }, { slots }) => {
    const { language } = useLanguage();
    return () => {
      const joint = props.to.includes('?') ? '&' : '?';
      return (
        // The Lab is a page of its own: the site's router knows nothing of it.
        <a href={withBase(`/lab/index.html#${props.to}${joint}language=${language.value}`)} target="_self">
          {slots.default?.()}
        </a>
      );
    };
  },
  { props: ['to'] },
);
