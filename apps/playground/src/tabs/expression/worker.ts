import { expressionExamples } from '@tapegrad/expression';
import { serve } from '../../worker/serve.ts';
import { look } from './compute/look.ts';

// The examples name every loss, and what computes these is not for the page to load.
const answers = { look, examples: (_which: 'all') => expressionExamples };

export type ExpressionAnswers = typeof answers;

serve(answers);
