import type { Theme } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import { Exercises } from '../../parts/exercises/Exercises.tsx';
import { LabLink } from '../../parts/LabLink.tsx';
import { Live } from '../../parts/Live.tsx';
import { LiveNumber } from '../../parts/LiveNumber.tsx';
import { useMainLandmark } from '../../parts/mainLandmark.ts';
import { keepForOffline } from '../../parts/offline.ts';
import 'katex/dist/katex.min.css';
import './styles/site.css';
import './styles/live.css';
import './styles/exercises.css';

export default {
  extends: theme,
  setup: useMainLandmark,
  enhanceApp: ({ app, siteData }) => {
    app.component('Live', Live);
    app.component('LiveNumber', LiveNumber);
    app.component('LabLink', LabLink);
    app.component('Exercises', Exercises);
    keepForOffline(siteData.value.base);
  },
} satisfies Theme;
