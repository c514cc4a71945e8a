import 'katex/dist/katex.min.css';
import './styles/colours.css';
import './styles/page.css';
import './styles/controls.css';
import './styles/parts.css';
import './styles/tables.css';
import './styles/print.css';
import { render } from 'preact';
import { App } from './app/App.tsx';

const root = document.getElementById('app');
if (root) render(<App />, root);
