/*
 * The three packages that most programs need, behind one door: tensors, tape and ops; layers, losses and training; data.
 */
export * from '@tapegrad/core';
export * from '@tapegrad/datasets';
export * from '@tapegrad/nn';
