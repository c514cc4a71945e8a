export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Light or dark: the style sheet's `light-dark()` follows the property `color-scheme`. */
export function applyTheme(theme: Theme): void {
  document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
}
