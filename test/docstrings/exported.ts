import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../snippets.ts';

/** A function or class that a door of a package offers. */
export interface Exported {
  readonly name: string;
  /** What it is imported from. */
  readonly door: string;
  readonly kind: 'function' | 'class' | 'constant';
  readonly path: string;
  /** Its docstring, tags left out. */
  readonly text: string;
  /** The text behind each tag of a name: `throws`, `example`. */
  tags(name: string): readonly string[];
  /** What a function gives, as TypeScript writes it. */
  readonly result: string;
  readonly declaration: ts.Declaration;
}

/** The doors for users. What authors of packages and kernels need is described where it stands. */
export const doors: Readonly<Record<string, string>> = {
  '@tapegrad/core': 'packages/core/src/index.ts',
  '@tapegrad/core/node': 'packages/core/src/node/index.ts',
  '@tapegrad/nn': 'packages/nn/src/index.ts',
  '@tapegrad/nn/node': 'packages/nn/src/node/index.ts',
  '@tapegrad/datasets': 'packages/datasets/src/index.ts',
  '@tapegrad/datasets/node': 'packages/datasets/src/node/index.ts',
  '@tapegrad/explain': 'packages/explain/src/index.ts',
  '@tapegrad/expression': 'packages/expression/src/index.ts',
  '@tapegrad/onnx': 'packages/onnx/src/index.ts',
  '@tapegrad/onnx/node': 'packages/onnx/src/node/index.ts',
};

/** Every function, class and constant that these doors export. */
export function allExported(): Exported[] {
  const configPath = join(root, 'tsconfig.tests.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configPath, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const paths = Object.fromEntries(
    [...Object.entries(doors), ['@tapegrad/core/authors', 'packages/core/src/authors/index.ts'] as const].map(
      ([door, path]) => [door, [join(root, path)]],
    ),
  );
  const program = ts.createProgram(
    Object.values(doors).map((path) => join(root, path)),
    { ...options, paths, noEmit: true, incremental: false },
  );
  const checker = program.getTypeChecker();
  return Object.entries(doors).flatMap(([door, path]) => {
    const file = program.getSourceFile(join(root, path));
    const symbol = file && checker.getSymbolAtLocation(file);
    if (!symbol) throw new Error(`${path} is no module`);
    return checker.getExportsOfModule(symbol).flatMap((each) => describe(each, door, checker));
  });
}

function describe(symbol: ts.Symbol, door: string, checker: ts.TypeChecker): Exported[] {
  const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = own.declarations?.find(
    (each) => ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each) || ts.isVariableDeclaration(each),
  );
  if (!declaration) return []; // Types alone.
  const [signature] = checker.getTypeOfSymbol(own).getCallSignatures();
  const kind = own.flags & ts.SymbolFlags.Class ? 'class' : signature ? 'function' : 'constant';
  const tags = own.getJsDocTags(checker);
  return [
    {
      name: symbol.name,
      door,
      kind,
      path: declaration.getSourceFile().fileName.slice(root.length),
      text: ts.displayPartsToString(own.getDocumentationComment(checker)),
      tags: (name) => tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text)),
      result: signature ? checker.typeToString(signature.getReturnType()) : '',
      declaration,
    },
  ];
}
