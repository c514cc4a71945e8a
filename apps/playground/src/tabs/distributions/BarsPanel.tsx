import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { Formula } from '../../parts/Formula.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Settings } from '../../parts/Settings.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { Bars } from './Bars.tsx';
import type { Base } from './base.ts';
import { fewest, most, presetNames, presets } from './fields.ts';
import type { Measures } from './measures.ts';
import { withOneLess, withOneMore, withShare } from './shares.ts';
import { distributionWords, outcomeName } from './words.ts';

interface BarsPanelProps {
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly base: Base;
  /** Absent before anything was computed. */
  readonly measures: Measures | undefined;
  readonly onChange: (some: {
    readonly p?: readonly number[];
    readonly q?: readonly number[];
    readonly base?: Base;
  }) => void;
}

/** The two distributions, to be dragged and typed, and examples of them. */
export function BarsPanel({ p, q, base, measures, onChange }: BarsPanelProps): JSX.Element {
  const words = useWords(distributionWords);
  return (
    <Panel title={words.bars} isWide>
      <p class="quiet">{words.hint}</p>
      <div class="row distributions-tools">
        {/* biome-ignore lint/a11y/useSemanticElements: buttons, and no fields to fill in */}
        <div class="distributions-presets" role="group" aria-label={words.presets}>
          <span aria-hidden="true">{words.presets}</span>
          <div>
            {presetNames.map((name) => (
              <button key={name} type="button" onClick={() => onChange(presets[name])}>
                {words.presetOf[name]}
              </button>
            ))}
          </div>
        </div>
      </div>
      <p class="distributions-strip">
        <Strip latex="D_{\mathrm{KL}}(P \,\|\, Q)" of={measures?.forward.value} name="strip-pq" />
        <Strip latex="D_{\mathrm{KL}}(Q \,\|\, P)" of={measures?.reverse.value} name="strip-qp" />
        <span class="quiet">{words.unit[base]}</span>
      </p>
      <div class="pair">
        <Distribution which="P" title={words.pTitle} shares={p} others={q} onChange={(p) => onChange({ p })} />
        <Distribution which="Q" title={words.qTitle} shares={q} others={p} onChange={(q) => onChange({ q })} />
      </div>
      <div class="row">
        <button type="button" onClick={() => onChange({ p: q, q: p })}>
          {words.swap}
        </button>
      </div>
      <Settings>
        <Choice
          label={words.base}
          options={['e', '2', '10']}
          nameOf={(base) => words.baseOf[base]}
          value={base}
          onChange={(base) => onChange({ base })}
        />
        <div class="row">
          <button
            type="button"
            disabled={p.length >= most}
            onClick={() => onChange({ p: withOneMore(p), q: withOneMore(q) })}
          >
            {words.more}
          </button>
          <button
            type="button"
            disabled={p.length <= fewest}
            onClick={() => onChange({ p: withOneLess(p), q: withOneLess(q) })}
          >
            {words.less}
          </button>
        </div>
      </Settings>
    </Panel>
  );
}

interface StripProps {
  readonly latex: string;
  readonly of: number | undefined;
  readonly name: string;
}

/** A number that moves while a bar is dragged, beside the bars. */
function Strip({ latex, of, name }: StripProps): JSX.Element {
  return (
    <span>
      <Formula latex={`${latex} =`} /> {of === undefined ? '…' : <Value of={of} kind="value" name={name} />}
    </span>
  );
}

interface DistributionProps {
  readonly which: 'P' | 'Q';
  readonly title: string;
  readonly shares: readonly number[];
  readonly others: readonly number[];
  readonly onChange: (shares: readonly number[]) => void;
}

function Distribution({ which, title, shares, others, onChange }: DistributionProps): JSX.Element {
  const change = (at: number, share: number): void => {
    if (share !== shares[at]) onChange(withShare(shares, at, share));
  };
  return (
    <div>
      <h3>{title}</h3>
      <Bars which={which} shares={shares} others={others} onChange={change} />
      <div class="distributions-typed">
        {shares.map((share, at) => (
          <NumberField
            key={at}
            label={
              <span>
                <span class="unseen">{which}, </span>
                {outcomeName(at)}
              </span>
            }
            value={Number(share.toFixed(6))}
            from={0}
            to={1}
            step={0.01}
            hasSlider={false}
            onChange={(share) => change(at, share)}
          />
        ))}
      </div>
    </div>
  );
}
