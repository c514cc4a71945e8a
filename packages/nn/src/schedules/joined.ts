import { ValueError } from '@tapegrad/core';
import { checkFunction, checkList, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkedMilestones, passedBy, type Schedule, scheduleOf } from './schedule.ts';

export interface JoinedOptions {
  /** The training steps at which the second schedule, the third, … begin. */
  readonly milestones: readonly number[];
}

const joinedOptions: OptionNames<JoinedOptions> = { milestones: 'required list' };

/**
 * One schedule after the other: the first until the first milestone, from there on the second, which counts its own steps
 * from 0, and so on. As SequentialLR in PyTorch.
 *
 * @throws ValueError when there is not one milestone between each two schedules, or the milestones do not rise
 *
 * @example
 * const warmUp = linearWarmUp({ base: 0.1, steps: 5 });
 * const schedule = joined([warmUp, cosineAnnealing({ base: 0.1, period: 95 })], { milestones: [5] });
 * schedule(5) // 0.1
 */
export function joined(schedules: readonly Schedule[], options: JoinedOptions, ...surplus: []): Schedule {
  checkSurplus('joined', surplus);
  const { milestones } = checkOptions('joined', options, joinedOptions);
  checkList('joined', 'schedules', schedules, {
    wanted: 'a list of schedules',
    remedy: 'Put the schedules into a list',
  });
  for (const [index, schedule] of schedules.entries()) {
    checkFunction(
      'joined',
      `schedules[${index}]`,
      schedule,
      'Make each with `linearWarmUp`, `cosineAnnealing` and their like',
    );
  }
  if (schedules.length !== milestones.length + 1) {
    throw new ValueError({
      operation: 'joined',
      got: `${schedules.length} schedules and ${milestones.length} milestones`,
      wanted: 'one milestone between each two schedules',
      remedy: 'Say at which step each schedule but the first begins',
    });
  }
  const own = checkedMilestones('joined', milestones);
  return scheduleOf('joined', (step) => {
    const passed = passedBy(step, own);
    return schedules[passed](passed === 0 ? step : step - own[passed - 1]);
  });
}
