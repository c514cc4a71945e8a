import type { DefaultTheme, LocaleSpecificConfig } from 'vitepress';
import { sideMenu, topMenu } from './menu.ts';

type Locale = LocaleSpecificConfig<DefaultTheme.Config> & { readonly label: string; readonly link?: string };

/** The words of the site around its pages, in English. */
export const english: Locale = {
  label: 'English',
  lang: 'en',
  themeConfig: { nav: topMenu('en'), sidebar: sideMenu('en'), outline: { level: [2, 2], label: 'On this page' } },
};

/** The same in Chinese. */
export const chinese: Locale & { readonly search: DefaultTheme.LocalSearchOptions['translations'] } = {
  label: '简体中文',
  lang: 'zh-Hans',
  link: '/zh/',
  description: '从零训练小型卷积网络，逐个数字地看清梯度如何反向流动。',
  themeConfig: {
    nav: topMenu('zh'),
    sidebar: sideMenu('zh'),
    outline: { level: [2, 2], label: '本页内容' },
    docFooter: { prev: '上一页', next: '下一页' },
    darkModeSwitchLabel: '配色',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    sidebarMenuLabel: '目录',
    returnToTopLabel: '回到顶部',
    langMenuLabel: '切换语言',
    skipToContentLabel: '跳到正文',
    notFound: {
      title: '没有这个页面',
      quote: '地址可能有误，或者页面已经移动。',
      linkLabel: '回到首页',
      linkText: '回到首页',
    },
  },
  search: {
    button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
    modal: {
      displayDetails: '显示详情',
      resetButtonTitle: '清除',
      backButtonTitle: '关闭搜索',
      noResultsText: '没有找到',
      footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' },
    },
  },
};
